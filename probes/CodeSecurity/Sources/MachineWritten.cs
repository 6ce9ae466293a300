namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Front-end files that a tool has squeezed. What calls itself generated is read like the rest: the mark is a comment that anybody can write.
/// </summary>
internal static class MachineWritten
{
    /// <summary>A line of a front-end file that nobody types.</summary>
    private const int LongLine = 10_000;

    /// <summary>Characters a line on the average of a front-end file that a tool has squeezed; smaller files are read anyway.</summary>
    private const int SqueezedAverage = 500;

    private const int SqueezedSize = 5_000;

    private static readonly string[] FrontEnd = [".js", ".mjs", ".cjs", ".css", ".html", ".htm", ".map"];

    /// <returns>Null where the file is one to read.</returns>
    public static (LeftOutReason Reason, string Detail)? Why(string path, string text)
    {
        if (Array.Exists(FrontEnd, e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && Longest(text) is var longest
            && (longest > LongLine || (text.Length > SqueezedSize && text.Length / LineEnds.CountLines(text) > SqueezedAverage)))
        {
            return (LeftOutReason.Minified, $"最长的一行有 {longest} 个字符");
        }

        return null;
    }

    private static int Longest(string text)
    {
        var longest = 0;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny('\n', '\r');
            longest = Math.Max(longest, end < 0 ? rest.Length : end);
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        return longest;
    }
}
