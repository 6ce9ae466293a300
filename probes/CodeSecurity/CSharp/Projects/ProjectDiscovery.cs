using System.Xml;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Divides the files of a tree among its projects, as a build would and without one.</summary>
internal sealed class ProjectDiscovery
{
    private const int ProjectCap = 4_000;
    private const int AbsentCap = 1_000;

    private readonly CSharpSource _source;
    private readonly List<UnreadSource> _unread = [];
    private readonly List<string> _cuts = [];
    private readonly SortedDictionary<string, ProjectFile> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _shared = new(StringComparer.OrdinalIgnoreCase);

    private ProjectDiscovery(CSharpSource source) => _source = source;

    public static ProjectSet Find(CSharpSource source) => new ProjectDiscovery(source).Find();

    private ProjectSet Find()
    {
        foreach (var (path, bytes) in _source.ProjectFiles.Take(ProjectCap))
        {
            try
            {
                if (path.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                {
                    _files[path] = ProjectFile.Read(path, bytes);
                }
                else
                {
                    _shared[Folder(path)] = ProjectFile.ReadProperties(bytes);
                }
            }
            catch (Exception broken) when (broken is XmlException or ArgumentException or NotSupportedException)
            {
                _unread.Add(new UnreadSource(path, $"没有读懂：{(broken.Message.Length > 200 ? broken.Message[..200] : broken.Message)}"));
            }
        }

        _unread.AddRange(_source.ProjectFiles.Keys.Skip(ProjectCap).Select(p => new UnreadSource(p, $"工程文件超过 {ProjectCap} 个，其余按没有工程文件处理")));
        var projects = _files.Values.Select(Describe).Where(p => p.Files.Count > 0).ToDictionary(p => p.Path, StringComparer.OrdinalIgnoreCase);
        var taken = projects.Values.SelectMany(p => p.Files).ToHashSet(StringComparer.Ordinal);
        var rest = _source.Sources.Keys.Where(f => !taken.Contains(f)).ToList();
        var ordered = Order(projects);
        if (rest.Count > 0)
        {
            ordered.Add(new CSharpProject { Path = "", Files = rest, Symbols = ["TRACE", "NETFRAMEWORK"], Libraries = _source.Libraries });
        }

        var absent = Absent();
        return new ProjectSet(ordered, [.. _unread, .. absent], _cuts, absent.Count == 0);
    }

    /// <summary>What projects name as sources and no analysis saw; the first of very many.</summary>
    private List<UnreadSource> Absent()
    {
        var sources = _source.Sources.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. _files.Values.SelectMany(f => f.Included.Select(i => (Project: f, Name: i)).Where(i => !IsThere(f.Folder, i.Name, sources)))
            .Select(i => new UnreadSource(i.Project.Path, $"写明的源文件不在目录里、由变量给出或不是 .cs：{(i.Name.Length > 200 ? i.Name[..200] : i.Name)}")).Take(AbsentCap)];
    }

    private static bool IsThere(string folder, string name, HashSet<string> sources) =>
        PathGlob.Normalise(folder, name) is { } path && path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && (path.AsSpan().ContainsAny('*', '?') || sources.Contains(path));

    private CSharpProject Describe(ProjectFile file)
    {
        var properties = Merge(file);
        string? Property(string name) => properties.GetValueOrDefault(name) is { Length: > 0 } value && !value.Contains("$(", StringComparison.Ordinal) ? value : null;
        var frameworks = (Property("TargetFramework") ?? Property("TargetFrameworks") ?? (file.IsSdkStyle ? "net8.0" : "net48")).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isTest = file.Packages.Any(p => p.Equals("Microsoft.NET.Test.Sdk", StringComparison.OrdinalIgnoreCase) || p.StartsWith("Microsoft.VisualStudio.TestPlatform", StringComparison.OrdinalIgnoreCase) || p.StartsWith("Microsoft.VisualStudio.QualityTools", StringComparison.OrdinalIgnoreCase));
        return new CSharpProject
        {
            Path = file.Path,
            Files = FilesOf(file, Property("EnableDefaultCompileItems") ?? Property("EnableDefaultItems")),
            Symbols = [.. FrameworkSymbols.Of(frameworks.FirstOrDefault() ?? "net48"), .. (properties.GetValueOrDefault("DefineConstants") ?? "").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Where(s => s.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))],
            LanguageVersion = Property("LangVersion"),
            GlobalUsings = [.. Property("ImplicitUsings") is "enable" or "true" or "Enable" or "True" ? FrameworkSymbols.ImplicitUsings(file.Sdk) : [], .. file.Usings.Where(u => u.All(c => char.IsLetterOrDigit(c) || c is '.' or '_'))],
            References = [.. file.References.Select(r => PathGlob.Normalise(file.Folder, r)).OfType<string>().Where(_files.ContainsKey).Select(r => _files[r].Path).Distinct(StringComparer.Ordinal)],
            Libraries = [.. file.Libraries.Select(l => PathGlob.Normalise(file.Folder, l)).OfType<string>().Select(l => _source.Libraries.FirstOrDefault(x => x.Equals(l, StringComparison.OrdinalIgnoreCase))).OfType<string>()],
            IsTest = isTest,
        };
    }

    private List<string> FilesOf(ProjectFile file, string? takesAll)
    {
        var included = PathGlob.Matcher(file.Folder, file.Included);
        var removed = PathGlob.Matcher(file.Folder, file.Removed);
        var below = file.Folder.Length == 0 ? "" : file.Folder + "/";
        var nested = _files.Values.Where(f => f.Path != file.Path && f.Folder.Length > file.Folder.Length && (f.Folder + "/").StartsWith(below, StringComparison.OrdinalIgnoreCase)).Select(f => f.Folder + "/").ToList();
        var isDefault = file.IsSdkStyle && takesAll?.Equals("false", StringComparison.OrdinalIgnoreCase) != true;
        return [.. _source.Sources.Keys.Where(path =>
            !removed(path)
            && (included(path) || (isDefault && path.StartsWith(below, StringComparison.OrdinalIgnoreCase) && !nested.Exists(n => path.StartsWith(n, StringComparison.OrdinalIgnoreCase)))))];
    }

    /// <summary>The nearest Directory.Build.props, and the project over it.</summary>
    private Dictionary<string, string> Merge(ProjectFile file)
    {
        var merged = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var folder = file.Folder; ; folder = Folder(folder))
        {
            if (_shared.TryGetValue(folder, out var shared))
            {
                shared.ToList().ForEach(p => merged[p.Key] = p.Value);
                break;
            }

            if (folder.Length == 0)
            {
                break;
            }
        }

        file.Properties.ToList().ForEach(p => merged[p.Key] = p.Value);
        return merged;
    }

    /// <summary>Those that others build on first; what would close a circle is dropped. Without recursion: chains may be long.</summary>
    private List<CSharpProject> Order(Dictionary<string, CSharpProject> projects)
    {
        var (ordered, state) = (new List<CSharpProject>(), new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase));
        foreach (var start in projects.Keys.Order(StringComparer.Ordinal).Where(p => !state.ContainsKey(p)))
        {
            var path = new Stack<(CSharpProject Project, Queue<string> Open, List<string> Kept)>();
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (!top.Open.TryDequeue(out var next))
                {
                    path.Pop();
                    state[top.Project.Path] = true;
                    ordered.Add(top.Project with { References = top.Kept });
                }
                else if (state.TryGetValue(next, out var isDone) && !isDone)
                {
                    _cuts.Add($"{top.Project.Path} → {next}");
                }
                else
                {
                    top.Kept.Add(next);
                    if (!state.ContainsKey(next))
                    {
                        Enter(next);
                    }
                }
            }

            void Enter(string key)
            {
                state[key] = false;
                path.Push((projects[key], new Queue<string>(projects[key].References.Where(projects.ContainsKey)), []));
            }
        }

        return ordered;
    }

    private static string Folder(string path) => path.LastIndexOf('/') is var at and >= 0 ? path[..at] : "";
}
