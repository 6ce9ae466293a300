namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Scripts of builds and of operation, of whose cryptography no rule speaks: where they name it, the checks are left open.</summary>
internal static class ScriptWords
{
    private static readonly string[] Digests = ["GM-03"];
    private static readonly string[] Ciphers = ["GM-04", "GM-06", "GM-12"];
    private static readonly string[] Keys = ["GM-05"];
    private static readonly string[] All = [.. Digests, .. Ciphers, .. Keys];

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["md5"] = Digests, ["md5sum"] = Digests, ["sha1"] = Digests, ["sha1sum"] = Digests, ["MessageDigest"] = Digests, ["DigestUtils"] = Digests, ["htpasswd"] = Digests,
        ["Cipher"] = Ciphers, ["SecretKeySpec"] = Ciphers, ["openssl"] = All, ["KeyPairGenerator"] = Keys, ["keytool"] = Keys,
    };

    private static readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Speaks(SourceLanguage language) => language is SourceLanguage.Shell or SourceLanguage.Dockerfile or SourceLanguage.Gradle;

    public static void LeaveOpen(CodeView code, OpenChecks open, HitList hits)
    {
        if (!Speaks(code.Language))
        {
            return;
        }

        for (var i = 0; i < code.Count; i++)
        {
            if (code.Kind(i) is CodeTokenKind.Word or CodeTokenKind.Text && code.Tokens[i].Length < 40 && Lookup.TryGetValue(code.Kind(i) == CodeTokenKind.Text ? code.ValueOf(i) : code.Span(i), out var checks))
            {
                foreach (var check in checks)
                {
                    open.Add(check, code.Tokens[i], hits);
                }
            }
        }
    }
}
