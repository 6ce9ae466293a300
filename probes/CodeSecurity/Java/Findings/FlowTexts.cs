using SmartCity.SecurityCheck.Model;

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
        return Line(place.File, LineOf(place));
    }

    /// <summary>What is to be said of a source that a stranger does not choose directly.</summary>
    public static string Doubt(FlowTrust trust, string weakness) => trust switch
    {
        FlowTrust.Remote => "",
        FlowTrust.Stored when weakness == "sql" => "（二阶注入：来源是先存放、后取出的数据；存入的内容外人能不能左右，由人确认。）",
        FlowTrust.Stored => "（来源是先存放、后取出的数据或其他系统的应答；其内容外人能不能左右，由人确认。）",
        _ => "（来源是本机的配置或操作者，通常不由外人左右，由人确认。）",
    };

    /// <summary>The same by its number, counted from 1; empty behind the end.</summary>
    public string Line(string path, int line)
    {
        var (text, starts) = (TextOf(path), StartsOf(path));
        return line > starts.Length ? "" : text[starts[line - 1]..(line < starts.Length ? starts[line] : text.Length)].Trim();
    }

    private string TextOf(string path) => sources.Java.GetValueOrDefault(path) ?? sources.Markup.GetValueOrDefault(path) ?? sources.Settings.GetValueOrDefault(path) ?? sources.Pages.GetValueOrDefault(path) ?? string.Empty;

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
