/** The Python interpreter that is selected for the folder, if the Python extension is installed. */

import * as vscode from "vscode";

// The part of the Python extension's API that we use. Its types are not a dependency, as it is optional.
interface PythonApi {
  readonly environments: {
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
    readonly getActiveEnvironmentPath: (resource?: vscode.Uri) => { readonly path: string };
    readonly resolveEnvironment: (environment: {
      readonly path: string;
    }) => Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** Asks the Python extension, and from then on calls `changed` when another one is selected. */
export class Interpreter implements vscode.Disposable {
  private listening: vscode.Disposable | undefined;

  constructor(private readonly changed: () => void) {}

  /** Returns the path of the interpreter. */
  async path(): Promise<string | undefined> {
    const extension = vscode.extensions.getExtension<PythonApi>("ms-python.python");
    if (extension === undefined) {
      return undefined;
    }
    const { environments } = await extension.activate();
    this.listening ??= environments.onDidChangeActiveEnvironmentPath(this.changed);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const chosen = await environments.resolveEnvironment(
      environments.getActiveEnvironmentPath(folder),
    );
    return chosen?.executable.uri?.fsPath;
  }

  dispose(): void {
    this.listening?.dispose();
  }
}
