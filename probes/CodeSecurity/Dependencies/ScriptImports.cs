namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a script takes in, by its tokens: what stands in comments and texts is none, and where it stands in a line does not matter.</summary>
internal static class ScriptImports
{
    private const int LongestName = 300;

    /// <param name="path">Of the script.</param>
    /// <param name="source">In pieces.</param>
    /// <param name="used">Takes names of packages, in quotes.</param>
    /// <returns>False where a name is worked out by the program.</returns>
    public static bool Take(string path, TokenizedSource source, Dictionary<string, string> used)
    {
        CodeToken[] tokens = [.. source.Tokens.Where(t => t.Kind != CodeTokenKind.Comment)];
        string At(int i) => i >= 0 && i < tokens.Length && tokens[i].Kind is CodeTokenKind.Word or CodeTokenKind.Sign ? source.SpanOf(tokens[i]).ToString() : string.Empty;
        for (var i = 0; i < tokens.Length; i++)
        {
            var isCall = At(i) is "require" or "import" && At(i + 1) == "(";
            if (!isCall && At(i) is not ("from" or "import"))
            {
                continue;
            }

            var at = isCall ? i + 2 : i + 1;
            var isText = at < tokens.Length && tokens[at] is { Kind: CodeTokenKind.Text, Ends: LiteralEnds.Both } && source.ValueOf(tokens[at]) is { Length: > 0 and <= LongestName };
            if (isText && (!isCall || At(at + 1) is ")" or ","))
            {
                used.TryAdd("“" + Package(source.ValueOf(tokens[at])) + "”", path);
            }
            else if (isCall && At(i - 1) is not ("." or "function"))
            {
                return false;
            }
        }

        return true;
    }

    private static string Package(string specifier) => specifier.Split('/') is [['@', _, ..], var inner, ..] parts ? $"{parts[0]}/{inner}" : specifier.Split('/')[0];
}
