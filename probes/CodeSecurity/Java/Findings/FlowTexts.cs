namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines of the files an analysis speaks of.</summary>
internal sealed class FlowTexts(JavaSources sources)
{
    private readonly Dictionary<string, int[]> _starts = new(StringComparer.Ordinal);

    /// <returns>Counted from 1.</returns>
    public int LineOf(CodePlace place)
    {
        var at = Array.BinarySearch(StartsOf(place.File), place.At);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>The line, without white space around it.</summary>
    public string Line(CodePlace place)
    {
        var (text, starts, line) = (TextOf(place.File), StartsOf(place.File), LineOf(place));
        var end = line < starts.Length ? starts[line] : text.Length;
        return text[starts[line - 1]..end].Trim();
    }

    private string TextOf(string path) => sources.Java.GetValueOrDefault(path) ?? sources.Markup.GetValueOrDefault(path) ?? sources.Pages.GetValueOrDefault(path) ?? string.Empty;

    private int[] StartsOf(string path)
    {
        if (!_starts.TryGetValue(path, out var starts))
        {
            var (text, found) = (TextOf(path), new List<int> { 0 });
            for (var at = 0; (at = text.IndexOf('\n', at)) >= 0;)
            {
                found.Add(++at);
            }

            _starts[path] = starts = [.. found];
        }

        return starts;
    }
}
