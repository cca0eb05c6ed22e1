// Stands in for the Python extension, which no registry of packages has: the part that is asked.
const vscode = require("vscode");

exports.activate = () => ({
  environments: {
    onDidChangeActiveEnvironmentPath: new vscode.EventEmitter().event,
    getActiveEnvironmentPath: () => ({ path: process.env.PYTHON }),
    resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
  },
});
