"""Shell: the two calls of Conjur's API, by curl."""

from notion_lsp.lookup import Definition, Lookup

LOOKUP = Lookup(
    "${{{VARIABLE}}}",
    # The key and the header go through standard input: anyone on the machine can read arguments.
    # What curl says does not name the secret: under `set -e` too, the line below has to be reached.
    # GNU `base64` breaks its lines after 76 characters, and a header may have no break.
    definition=Definition(
        "{VARIABLE}",
        """\
{VARIABLE}=$(
  login=$(printf %s "$CONJUR_AUTHN_LOGIN" | sed 's,/,%2F,g')
  access=$(printf %s "$CONJUR_AUTHN_API_KEY" | curl -fsS --data-binary @- \\
    "$CONJUR_APPLIANCE_URL/authn/$CONJUR_ACCOUNT/$login/authenticate" | base64 | tr -d '\\n')
  printf 'Authorization: Token token="%s"' "$access" | curl -fsS -H @- \\
    "$CONJUR_APPLIANCE_URL/secrets/$CONJUR_ACCOUNT/variable/{ID}" || :
)
: "${{VARIABLE}:?{ID} cannot be read}\"""",
        signature=r"{VARIABLE}=\$\(\s+login=\$\(printf %s \"\$CONJUR_AUTHN_LOGIN\"",
        statement=True,
    ),
    packages=("curl",),
)
