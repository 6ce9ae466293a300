using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a tree says beside its flows that takes the harm from some of them: nobody can be sure of it, as a deployment may say something else, so that it only raises a doubt. One thread at a time.</summary>
internal sealed partial class TreeFacts
{
    private static readonly HashSet<string> Quiet = new(StringComparer.Ordinal) { "debug", "trace", "fine", "finer", "finest" };

    private readonly Lazy<bool> _hasLooseServer;
    private readonly Lazy<bool> _cutsLines;
    private readonly Lazy<bool> _isQuiet;
    private readonly Lazy<bool> _cutsNames;
    private readonly Lazy<bool> _hasPageEngine;
    private readonly Lazy<bool> _servesFiles;
    private readonly SwitchedCode _switched;
    private readonly HashSet<CodePlace> _paths;

    private TreeFacts(JavaSources sources, IReadOnlyList<(string Path, JavaUnit Unit)> units, HashSet<CodePlace> paths)
    {
        bool InCode(Regex expression) => sources.Java.Any(j => !TestCode.IsTest(j.Key) && expression.IsMatch(j.Value));
        bool InBuild(Regex expression) => sources.Manifests.Any(m => expression.IsMatch(m.Text));
        var logs = new LogSettings(sources);
        _hasLooseServer = new(() => InCode(LooseHeaders()));
        _cutsLines = new(() => logs.CutLines());
        _isQuiet = new(() => (InBuild(SpringBoot()) || logs.HasLevels) && !logs.IsLoud() && !InCode(LoudCode()));
        _cutsNames = new(() => CutsNames(sources));
        _hasPageEngine = new(() => sources.Manifests.Count == 0 || InBuild(PageEngine()) || sources.Jars.Any(j => PageEngine().IsMatch(j)));
        _servesFiles = new(() => InCode(Served()) || sources.Markup.Values.Any(t => ServedByMarkup().IsMatch(t)) || sources.Settings.Values.Any(t => ServedBySettings().IsMatch(t)) || sources.Properties.Keys.Any(k => ServedBySettings().IsMatch($"{k}=")));
        _switched = new SwitchedCode(sources, units);
        _paths = paths;
    }

    /// <param name="sources">Texts of the tree.</param>
    /// <param name="units">Its Java.</param>
    /// <param name="found">All flows.</param>
    /// <param name="apis">With the weaknesses.</param>
    public static TreeFacts Of(JavaSources sources, IReadOnlyList<(string Path, JavaUnit Unit)> units, IReadOnlyList<FoundFlow> found, ApiIndex apis) =>
        new(sources, units, [.. found.Where(f => (apis.Tails >> f.Weakness & 1) != 0).SelectMany(f => f.Beginnings).Select(b => b.Place)]);

    /// <returns>What the tables say of the first circumstance that holds; null where none does.</returns>
    public string? Of(FoundFlow flow, FlowWeakness weakness)
    {
        foreach (var (when, says) in weakness.Doubts.OrderBy(d => d.Key))
        {
            if (Holds(when, flow))
            {
                return says;
            }
        }

        return null;
    }

    private bool Holds(FlowCircumstance when, FoundFlow flow) => when switch
    {
        FlowCircumstance.Servers => !_hasLooseServer.Value,
        FlowCircumstance.CutLines => _cutsLines.Value,
        FlowCircumstance.QuietLevels => flow.Way?.Words.Name is { } call && Quiet.Contains(call) && _isQuiet.Value,
        FlowCircumstance.CutNames => IsUploadName(flow) && _cutsNames.Value,
        FlowCircumstance.IdlePages => IdlePage().IsMatch(flow.Site.File) && !PlacesServed().IsMatch(flow.Site.File) && !_hasPageEngine.Value,
        FlowCircumstance.Unserved => flow.Beginnings.Count > 0 && !flow.Beginnings.Any(b => _paths.Contains(b.Place)) && !_servesFiles.Value,
        FlowCircumstance.Switched => _switched.Has(flow.Site),
        _ => false,
    };

    private static bool IsUploadName(FoundFlow flow) => flow.Beginnings.Count > 0 && flow.Beginnings.All(b => (b.Words.Doubt & StepDoubt.UploadName) != StepDoubt.None);

    /// <summary>Uploads are taken in by a library that leaves nothing of a name but what stands behind the last separator.</summary>
    private static bool CutsNames(JavaSources sources)
    {
        List<string> texts = [.. sources.Java.Where(j => !TestCode.IsTest(j.Key)).Select(j => j.Value), .. sources.Markup.Where(m => !TestCode.IsTest(m.Key)).Select(m => Remark().Replace(m.Value, ""))];
        return texts.Exists(t => Cutting().IsMatch(t)) && !texts.Exists(t => Uncut().IsMatch(t));
    }

    [GeneratedRegex(@"\bDefault\w*HttpHeaders\s*\(\s*false|validateHeaders\s*\(\s*false", RegexOptions.NonBacktracking)]
    private static partial Regex LooseHeaders();

    [GeneratedRegex(@"\bLevel\.(?:DEBUG|TRACE|ALL|FINE|FINER|FINEST)\b", RegexOptions.NonBacktracking)]
    private static partial Regex LoudCode();

    [GeneratedRegex("spring-boot", RegexOptions.NonBacktracking)]
    private static partial Regex SpringBoot();

    [GeneratedRegex(@"jasper|\bjsp\b|<packaging>\s*war\s*<|\bwar\b|javax\.servlet\.jsp|tomcat-embed-el-jsp|jsp-api", RegexOptions.NonBacktracking)]
    private static partial Regex PageEngine();

    [GeneratedRegex(@"\.(?:jspx?|jspf|tagx?)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IdlePage();

    [GeneratedRegex("(?:^|/)(?:webapps?|WebContent|WebRoot|WEB-INF|META-INF)/", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlacesServed();

    /// <summary>Files of the disk are handed out as they are: folders of the server, of resources, or places nobody knows.</summary>
    [GeneratedRegex(@"getRealPath\s*\(|addResourceLocations\s*\(\s*(?:[^""\s]|""(?:[^c]|c[^l]))|setLocationValues|new\s+(?:FileSystemResource|PathResource|FileUrlResource)\s*\(|\.getResource\s*\(|ResourceUtils\s*\.|setDocBase|setDocumentRoot|DirResourceSet|""[^""]*(?:static|public|webapps?|nginx|htdocs|wwwroot)/", RegexOptions.NonBacktracking)]
    private static partial Regex Served();

    [GeneratedRegex(@"<(?:mvc:)?resources\s|ResourceHttpRequestHandler|docBase\s*=", RegexOptions.NonBacktracking)]
    private static partial Regex ServedByMarkup();

    /// <summary>Settings that name a folder that is served, or the address under which uploads are found.</summary>
    [GeneratedRegex(@"static-?locations|document-?root|nginx|(?:upload|file|oss|image|img|attach|static|storage|profile|resource|avatar)[\w.\-]*(?:domain|url|host|prefix|address|endpoint|endPoint|visit|mapping|pattern)[\w\-]*\s*[:=]|(?:^|\s)(?:domain|visit-?url|url-?prefix|access-?(?:url|path)|base-?url)\s*[:=]", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ServedBySettings();

    [GeneratedRegex(@"new\s+CommonsMultipartResolver\s*\(|class\s*=\s*""[\w.]*\.CommonsMultipartResolver""", RegexOptions.NonBacktracking)]
    private static partial Regex Cutting();

    [GeneratedRegex(@"StandardServletMultipartResolver|reserveFilename", RegexOptions.NonBacktracking)]
    private static partial Regex Uncut();

    [GeneratedRegex("<!--.*?-->", RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    internal static partial Regex Remark();
}
