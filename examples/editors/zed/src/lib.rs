use zed_extension_api::{
    self as zed,
    serde_json::{json, Value},
    settings::LspSettings,
    Command, LanguageServerId, Result, Worktree,
};

struct NotionLsp;

impl zed::Extension for NotionLsp {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let command = worktree
            .which("notion-lsp")
            .ok_or("notion-lsp is not on PATH: pipx install notion-lsp")?;
        Ok(Command {
            command,
            args: vec!["server".into()],
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?.settings;
        Ok(settings.map(|settings| json!({ "notion-lsp": settings })))
    }
}

zed::register_extension!(NotionLsp);
