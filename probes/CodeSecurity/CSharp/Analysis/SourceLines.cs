namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines by number, each file cut up once.</summary>
internal sealed class SourceLines(CSharpSource source)
{
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    /// <returns>Empty where there is no such line.</returns>
    public string At(string file, int line)
    {
        if (!_lines.TryGetValue(file, out var lines))
        {
            var text = source.Sources.GetValueOrDefault(file, "");
            _lines[file] = lines = text.Split('\n');
        }

        return line >= 1 && line <= lines.Length ? lines[line - 1] : "";
    }
}
