namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where a text of a mapper puts a value in as it is.</summary>
internal static class MapperSigns
{
    private const int Longest = 200;

    /// <summary><c>${name}</c>.</summary>
    public static IEnumerable<(string Name, int At)> New(string text, int from, int to)
    {
        for (var at = from; at < to && (at = text.IndexOf("${", at, to - at, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf('}', at, to - at);
            if (end < 0)
            {
                yield break;
            }

            yield return (text[(at + 2)..Math.Min(end, at + 2 + Longest)], at);
            at = end;
        }
    }

    /// <summary><c>$name$</c>.</summary>
    public static IEnumerable<(string Name, int At)> Old(string text, int from, int to)
    {
        for (var at = from; at < to && (at = text.IndexOf('$', at, to - at)) >= 0;)
        {
            var end = at + 1;
            while (end < to && end - at < Longest && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '[' or ']'))
            {
                end++;
            }

            if (end > at + 1 && end < to && text[end] == '$')
            {
                yield return (text[(at + 1)..end].Replace("[]", "[0]", StringComparison.Ordinal), at);
                end++;
            }

            at = end;
        }
    }
}
