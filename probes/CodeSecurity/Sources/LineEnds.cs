namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines end with LF, CR LF or a CR alone.</summary>
internal static class LineEnds
{
    /// <summary>Number of lines; a text that does not end with a line end has one more than it has line ends.</summary>
    public static int CountLines(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        var ends = text.AsSpan().Count('\n') + (text.Contains('\r', StringComparison.Ordinal) ? LoneReturns(text, 0, text.Length) : 0);
        return text[^1] is '\n' or '\r' ? ends : ends + 1;
    }

    public static bool HasLoneReturns(string text) => LoneReturns(text, 0, text.Length) > 0;

    /// <summary>How many CR that no LF follows stand in a part of the text.</summary>
    public static int LoneReturns(string text, int start, int end)
    {
        var count = 0;
        for (var at = start; at < end; at++)
        {
            var hop = text.AsSpan(at, end - at).IndexOf('\r');
            if (hop < 0)
            {
                break;
            }

            at += hop;
            if (at + 1 >= text.Length || text[at + 1] != '\n')
            {
                count++;
            }
        }

        return count;
    }
}
