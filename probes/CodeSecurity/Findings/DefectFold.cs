using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Places that are mended together and told as one defect, as long as people say the same of all of them.</summary>
/// <param name="NamesLines">The other places are named; otherwise they are only counted.</param>
/// <param name="Places">Each as a defect of its own, in the order in which they speak for the rest.</param>
internal sealed record DefectFold(bool NamesLines, IReadOnlyList<CodeDefect> Places)
{
    private const int Named = 5;

    /// <summary>The first of the places, with a word of the others.</summary>
    public CodeDefect Told() => Places is [var only] ? only : Places[0] with { Message = Places[0].Message + Others(), Fold = this };

    private string Others()
    {
        var file = Places[0].File;
        var lines = Places.Skip(1).Select(p => (p.File, p.Line)).Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ToList();
        if (!NamesLines)
        {
            return string.Create(CultureInfo.InvariantCulture, $"（同一文件另有 {lines.Count} 行，不逐行列出。）");
        }

        if (CopiesOf(lines) is { Count: > 0 } copies)
        {
            return $"另有 {copies.Count} 个内容相同的文件（{string.Join("、", copies.Take(Named))}{(copies.Count > Named ? " 等" : "")}），一并改。";
        }

        var places = lines.Select(p => p.File == file ? $"第 {p.Line} 行" : $"{p.File} 第 {p.Line} 行").ToList();
        return $"{(Places[0].Flow.Count == 0 ? "同一文件另有" : "同一来源的路径另有")} {places.Count} 处{(Places[0].Flow.Count == 0 ? "" : "用到")}（{string.Join("、", places.Take(Named))}{(places.Count > Named ? " 等" : "")}），一并改。";
    }

    /// <summary>Other pages with the same line; none where something else is among them.</summary>
    private List<string> CopiesOf(List<(string File, int Line)> lines)
    {
        var (file, line) = (Places[0].File, Places[0].Line);
        var others = lines.FindAll(l => l.File != file).ToLookup(l => l.File, l => l.Line, StringComparer.Ordinal);
        return JavaSources.IsJava(file) || others.Any(o => !o.Contains(line) || Path.GetFileName(o.Key) != Path.GetFileName(file)) ? [] : [.. others.Select(o => o.Key)];
    }
}
