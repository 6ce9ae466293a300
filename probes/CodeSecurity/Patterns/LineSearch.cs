namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Rules over whole lines, for configuration and for texts that stand anywhere in the code.</summary>
internal static class LineSearch
{
    private const int LineCap = 4000;

    public static void Find(PatternIndex index, CodeView code, List<PatternHit> hits)
    {
        if (index.Needles is not { } needles)
        {
            return;
        }

        var source = code.Source;
        var text = source.File.Text;
        var (at, line, counted) = (0, 1, 0);
        while (at < text.Length && text.AsSpan(at).IndexOfAny(needles) is var found && found >= 0)
        {
            var place = at + found;
            line += text.AsSpan(counted, place - counted).Count('\n');
            counted = place;
            var start = text.AsSpan(0, place).LastIndexOf('\n') + 1;
            var end = text.AsSpan(place).IndexOf('\n') is var rest && rest < 0 ? text.Length : place + rest;
            if (WithoutComments(source, line, Math.Max(start, place - LineCap), Math.Min(end, place + LineCap)) is { Length: > 0 } shown)
            {
                Hold(index, code, shown, place, line, hits);
            }

            at = end + 1;
        }
    }

    private static void Hold(PatternIndex index, CodeView code, string shown, int place, int line, List<PatternHit> hits)
    {
        foreach (var test in index.Lines)
        {
            if (shown.Contains(test.Has, StringComparison.OrdinalIgnoreCase) && test.Matches?.IsMatch(shown) != false && Surroundings.Hold(test.Rule.Rule, code, place))
            {
                hits.Add(new PatternHit(test.Rule, place, line, []));
            }
        }
    }

    private static string WithoutComments(TokenizedSource source, int line, int start, int end)
    {
        var text = source.File.Text[start..end].ToCharArray();
        for (var i = LastAtOrBefore(source, end); i >= 0; i--)
        {
            var token = source.Tokens[i];
            if (token.Kind == CodeTokenKind.Comment && token.Start < end && token.Start + token.Length > start)
            {
                text.AsSpan(Math.Max(0, token.Start - start)..(Math.Min(end, token.Start + token.Length) - start)).Clear();
            }

            if (token.Line < line)
            {
                break;
            }
        }

        return new string(text).Replace("\0", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>The last token that begins before a character.</summary>
    private static int LastAtOrBefore(TokenizedSource source, int end)
    {
        var (low, high) = (0, source.Tokens.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (source.Tokens[middle].Start < end)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
