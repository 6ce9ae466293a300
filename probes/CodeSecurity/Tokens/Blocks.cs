namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Literals over several lines whose indentation is not part of the value.</summary>
internal static class Blocks
{
    /// <param name="body">Between the marks.</param>
    /// <param name="closingCounts">The line of the closing mark says how far the others are indented, and the first line is that of the opening one.</param>
    public static string WithoutIndentation(string body, bool closingCounts)
    {
        var lines = body.ReplaceLineEndings("\n").Split('\n');
        var first = closingCounts && lines.Length > 1 && string.IsNullOrWhiteSpace(lines[0]) ? 1 : 0;
        var taken = int.MaxValue;
        for (var i = first; i < lines.Length; i++)
        {
            var isClosing = closingCounts && i == lines.Length - 1;
            if (isClosing || !string.IsNullOrWhiteSpace(lines[i]))
            {
                taken = Math.Min(taken, lines[i].Length - lines[i].TrimStart().Length);
            }
        }

        for (var i = first; i < lines.Length; i++)
        {
            lines[i] = lines[i].Length <= taken ? lines[i].TrimStart() : lines[i][taken..];
        }

        return string.Join('\n', lines[first..]);
    }

    /// <summary>Lines that a backslash continues as one, without the indentation of the next.</summary>
    public static ReadOnlySpan<char> Joined(ReadOnlySpan<char> body)
    {
        if (!body.ContainsAny('\n', '\r'))
        {
            return body;
        }

        var lines = body.ToString().ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = (i > 0 ? lines[i].TrimStart() : lines[i]) is var line && i < lines.Length - 1 && line.EndsWith('\\') ? line[..^1] : line;
        }

        return string.Concat(lines);
    }
}
