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

    /// <summary>Every CR that no LF follows as LF, so that whoever looks for lines finds them; places and numbers of lines stay.</summary>
    public static string WithoutLoneReturns(string text) =>
        !HasLoneReturns(text) ? text : string.Create(text.Length, text, static (plain, text) =>
        {
            for (var i = 0; i < plain.Length; i++)
            {
                plain[i] = text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n') ? '\n' : text[i];
            }
        });

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
