/** An edit that the server wants confirmed: shown as a whole, with all of it chosen. */

import type { ApplyWorkspaceEditParams, CreateFile } from "vscode-languageclient/node";

const PREVIEW = "preview";

/**
 * Returns the edit so that VS Code shows it, chosen, and saves what it changes.
 *
 * VS Code shows an edit where a part of it is to be confirmed, and leaves just that part out unless
 * it is ticked, one by one. So the part is one that changes nothing, and that VS Code does not list:
 * the creation of a file that is there.
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
