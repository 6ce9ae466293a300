using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads what the compiler logged (ErrorLog, SARIF 2.1.0). The candidate's project files could have written anything there: it can add to what we find and takes nothing away.</summary>
internal sealed class BuildLogs(string tree, IReadOnlyList<AnalyzerEngine> engines)
{
    private const int MostResults = 50_000;
    private const int MostReferences = 2_000;
    private const int ReferenceListBytes = 4 * 1024 * 1024;

    private readonly List<FoundDiagnostic> _found = [];
    private readonly List<string> _doubts = [];
    private int _others;

    public IReadOnlyList<FoundDiagnostic> Found => _found;

    public IReadOnlyList<string> Doubts => _doubts;

    public int Others => _others;

    /// <param name="project">Path of a csproj.</param>
    /// <returns>Libraries it was compiled against, without those that the tree itself makes; of its last target framework.</returns>
    public IReadOnlyList<string> Read(string project, CancellationToken stop)
    {
        var files = FilesOf(project);
        foreach (var log in files.Where(f => f.EndsWith(".sarif", StringComparison.OrdinalIgnoreCase)))
        {
            stop.ThrowIfCancellationRequested();
            ReadLog(log, project);
        }

        return files.LastOrDefault(f => f.EndsWith(".references", StringComparison.OrdinalIgnoreCase)) is { } list ? References(list) : [];
    }

    private List<string> FilesOf(string project)
    {
        var folder = Path.Combine(tree, Path.GetDirectoryName(project) ?? "", BuildInputs.LogFolder);
        var begin = Path.GetFileNameWithoutExtension(project) + ".";
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f).StartsWith(begin, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private void ReadLog(string file, string project)
    {
        try
        {
            using var document = SarifDocument.Open(RegularFile.Read(file, SarifDocument.SizeCap));
            JsonElement? root = document.RootElement;
            foreach (var run in root.Items("runs"))
            {
                var rules = new SarifRules(((JsonElement?)run).Get("tool"));
                foreach (var result in ((JsonElement?)run).Items("results"))
                {
                    Take(run, result, rules);
                }
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or UnableException)
        {
            _doubts.Add($"{project} 的构建日志没有读成：{broken.Message}");
        }
    }

    private void Take(JsonElement? run, JsonElement result, SarifRules rules)
    {
        var rule = rules.Of(result, out var id);
        if (engines.FirstOrDefault(e => e.Enabled.Contains(id, StringComparer.Ordinal)) is not { } engine)
        {
            _others++;
            return;
        }

        var place = ((JsonElement?)result).Items("locations").Select(l => ((JsonElement?)l).Get("physicalLocation")).FirstOrDefault();
        if (_found.Count >= MostResults || Below(SarifPaths.FileOf(run, place)) is not { } path)
        {
            _doubts.Add(_found.Count >= MostResults ? $"构建日志里的发现超过 {MostResults} 处，其余没有读" : $"构建日志里有 {id} 指着源码树以外的文件");
            return;
        }

        var isSilenced = ((JsonElement?)result).Items("suppressions").Any();
        var title = rule.Get("shortDescription").Text("text") ?? id;
        _found.Add(new FoundDiagnostic(engine.Name, id, title, result.Get("message").Text("text") ?? title, path, Math.Max(1, place.Get("region").Integer("startLine") ?? 1), isSilenced));
    }

    /// <returns>From the root of the tree; null for what lies elsewhere.</returns>
    private string? Below(string path)
    {
        var own = tree.Replace('\\', '/').Trim('/') + "/";
        return path.StartsWith(own, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal) ? path[own.Length..] : null;
    }

    private List<string> References(string list)
    {
        try
        {
            var lines = System.Text.Encoding.UTF8.GetString(RegularFile.Read(list, ReferenceListBytes)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return [.. lines.Take(MostReferences).Where(l => Path.IsPathFullyQualified(l) && !Path.GetFullPath(l).StartsWith(tree, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal)];
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }
}
