namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Rules over whole lines, for configuration and for texts that stand anywhere in the code. A very long line is looked at piece by piece.</summary>
internal static class LineSearch
{
    /// <summary>Characters to either side of the text that makes a line worth looking at.</summary>
    private const int LineCap = 4000;

    /// <exception cref="InvalidDataException">More hits than are kept of one file.</exception>
    public static void Find(PatternIndex index, CodeView code, HitList hits)
    {
        if (index.Needles is not { } needles)
        {
            return;
        }

        var text = code.Source.File.Text;
        var (at, line, counted) = (0, 1, 0);
        while (at < text.Length && text.AsSpan(at).IndexOfAny(needles) is var found && found >= 0)
        {
            var place = at + found;
            line += text.AsSpan(counted, place - counted).Count('\n');
            counted = place;
            var low = Math.Max(0, place - LineCap);
            var start = low + text.AsSpan(low..place).LastIndexOf('\n') + 1;
            var end = text.AsSpan(place).IndexOf('\n') is var rest && rest < 0 ? text.Length : place + rest;
            if (code.Source.WithoutComments(start, Math.Min(end, place + LineCap)).Trim() is { Length: > 0 } shown)
            {
                Hold(index, code, shown, place, line, hits);
            }

            at = end > place + LineCap ? place + (LineCap / 2) : end + 1;
        }
    }

    private static void Hold(PatternIndex index, CodeView code, string shown, int place, int line, HitList hits)
    {
        foreach (var test in index.Lines)
        {
            if (shown.Contains(test.Has, StringComparison.OrdinalIgnoreCase) && test.Matches?.IsMatch(shown) != false && Surroundings.Hold(test.Rule.Rule, code, place))
            {
                hits.Keep(new PatternHit(test.Rule, place, line, []));
            }
        }
    }
}
