/** The preview of an edit that the user should confirm, with all changes selected. */

import type { ApplyWorkspaceEditParams, CreateFile } from "vscode-languageclient/node";

const PREVIEW = "preview";

/**
 * Returns the edit in a form that VS Code previews with all changes selected, and saves.
 *
 * VS Code opens the preview if a change needs confirmation, but does not select such a change: the
 * user would have to tick every file. So only a change without effect, which the preview does not
 * list, needs confirmation: the creation of a file that exists.
 */
export function previewed(params: ApplyWorkspaceEditParams): ApplyWorkspaceEditParams {
  const { documentChanges = [], changeAnnotations = {} } = params.edit;
  const confirmed = Object.values(changeAnnotations).some((each) => each.needsConfirmation);
  const first = documentChanges.find((change) => "textDocument" in change);
  if (!confirmed || first === undefined) {
    return params;
  }
  const nothing: CreateFile = {
    kind: "create",
    uri: first.textDocument.uri,
    options: { ignoreIfExists: true },
    annotationId: PREVIEW,
  };
  const chosen = Object.entries(changeAnnotations).map(
    ([id, annotation]) => [id, { ...annotation, needsConfirmation: false }] as const,
  );
  return {
    ...params,
    edit: {
      documentChanges: [nothing, ...documentChanges],
      changeAnnotations: {
        ...Object.fromEntries(chosen),
        [PREVIEW]: { label: params.label ?? "", needsConfirmation: true },
      },
    },
    metadata: { isRefactoring: true },
  };
}
