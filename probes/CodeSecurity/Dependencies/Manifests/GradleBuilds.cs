using System.Buffers;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>build.gradle in Groovy or Kotlin as far as coordinates are literal, version catalogues, and lock files.</summary>
internal sealed partial class GradleBuilds : IManifestFormat
{
    private const int MostCoordinates = 5000;

    /// <summary>Signs of a version that is none yet.</summary>
    private static readonly SearchValues<char> Open = SearchValues.Create("+$[(,{");

    public bool Reads(string path) => Path.GetFileName(path) is var name && (name.EndsWith(".gradle", StringComparison.Ordinal) || name.EndsWith(".gradle.kts", StringComparison.Ordinal) || name is "gradle.properties" or "gradle.lockfile" || name.EndsWith(".versions.toml", StringComparison.Ordinal));

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        if (file.Name == "gradle.lockfile")
        {
            ReadLock(file, findings);
        }
        else if (file.Name.EndsWith(".versions.toml", StringComparison.Ordinal))
        {
            ReadCatalogue(file, findings);
        }
        else if (file.Name != "gradle.properties")
        {
            ReadBuild(file, all, findings);
        }
    }

    /// <summary>Values for others, scripts that speak of no dependencies and take in no other script, and those that need other projects and entries of a catalogue alone.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all)
    {
        if (!file.Name.EndsWith(".gradle", StringComparison.Ordinal) && !file.Name.EndsWith(".gradle.kts", StringComparison.Ordinal))
        {
            return file.Name == "gradle.properties";
        }

        var text = Plain(file.Text);
        List<Match> declared = [.. Declarations().Matches(text).AsEnumerable()];
        return file.Name is "settings.gradle" or "settings.gradle.kts" || !Asking().IsMatch(text) || (declared.Count > 0 && declared.TrueForAll(d => Others().IsMatch(d.Value)));
    }

    private static string Plain(string text) => Comments().Replace(text, m => m.Value[0] is '"' or '\'' ? m.Value : new string('\n', m.Value.AsSpan().Count('\n')));

    private static void ReadBuild(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var before = findings.Components.Count;
        var text = Plain(file.Text);
        var values = Values(text).Concat(all.Above(file.Folder, "gradle.properties") is { } more ? Values(more.Text) : []).Concat(all.Above("", "build.gradle") is { } root ? Values(root.Text) : [])
            .GroupBy(v => v.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        List<Match> matches = [.. Coordinates().Matches(text).Concat(Maps().Matches(text)).OrderBy(m => m.Index).Take(MostCoordinates + 1)];
        if (matches.Count > MostCoordinates)
        {
            findings.Leave(file.Path, $"坐标多于 {MostCoordinates} 个，只读了前面的");
        }

        foreach (var match in matches.Take(MostCoordinates))
        {
            var version = match.Groups["version"].Value;
            version = Reference().Replace(version, m => values.GetValueOrDefault(m.Groups["name"].Value, m.Value));
            Add(findings, $"{match.Groups["group"].Value}:{match.Groups["name"].Value}", version, file, ForwardLines.At(text, match.Index));
        }

        if (text.Contains("libs.", StringComparison.Ordinal) && !all.All.Any(f => f.Name.EndsWith(".versions.toml", StringComparison.Ordinal)))
        {
            findings.Gaps.Add(new DependencyGap(file.Path, "引用了版本目录（libs.…），而源码中没有它的 toml 文件"));
        }

        if (Declarations().Matches(text).Any(d => !Coordinates().IsMatch(d.Value) && !Maps().IsMatch(d.Value) && !Others().IsMatch(d.Value)))
        {
            findings.Gaps.Add(new DependencyGap(file.Path, "有的依赖不是写出来的坐标，没有解析"));
        }

        Lacks(file, all, findings, before);
    }

    private static void ReadLock(ManifestFile file, ManifestFindings findings)
    {
        var number = 0;
        foreach (var line in file.Text.AsSpan().EnumerateLines())
        {
            number++;
            var at = line.IndexOf('=');
            if (at > 0 && line[0] != '#' && line[..at].ToString().Split(':') is [var group, var name, var version])
            {
                findings.Add(new CodeComponent { Ecosystem = "Maven", Name = $"{group}:{name}", Version = version, File = file.Path, Line = number });
            }
            else if (line.Trim() is not [] and not ['#', ..] && !line.StartsWith("empty=", StringComparison.Ordinal))
            {
                findings.Leave(file.Path, "锁定文件里有的行不是坐标，没有识别");
            }
        }
    }

    private static void ReadCatalogue(ManifestFile file, ManifestFindings findings)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        var pending = new List<(string Name, string Version, bool IsReference, int Line)>();
        foreach (var (section, key, value, line) in TomlLines.Read(file.Text))
        {
            if (section == "versions")
            {
                versions[key] = TomlLines.Plain(value);
            }
            else if (section == "libraries" && (TomlLines.Inner(value, "module") ?? (TomlLines.Inner(value, "group") is { } group && TomlLines.Inner(value, "name") is { } name ? $"{group}:{name}" : null)) is { } module)
            {
                pending.Add(TomlLines.Inner(value, "version.ref") is { } reference ? (module, reference, true, line) : (module, TomlLines.Inner(value, "version") ?? "", false, line));
            }
            else if (section == "libraries" && TomlLines.Plain(value).Split(':') is [var g, var a, var v])
            {
                pending.Add(($"{g}:{a}", v, false, line));
            }
            else if (section == "libraries" && key.Length > 0)
            {
                findings.Leave(file.Path, "版本目录里有的条目不是一行写完的坐标，没有解析");
            }
        }

        var before = findings.Components.Count;
        foreach (var (name, version, isReference, line) in pending)
        {
            Add(findings, name, isReference ? versions.GetValueOrDefault(version, "") : version, file, line);
        }

        if (findings.Components.Count > before)
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    private static void Add(ManifestFindings findings, string name, string version, ManifestFile file, int line)
    {
        var isOne = version.Length > 0 && version.AsSpan().IndexOfAny(Open) < 0 && !version.StartsWith("latest.", StringComparison.Ordinal);
        findings.Add(new CodeComponent { Ecosystem = "Maven", Name = name, Version = isOne ? version : null, Range = isOne ? null : version.Length > 0 ? version : "没有写版本", IsDirect = true, File = file.Path, Line = line });
    }

    private static void Lacks(ManifestFile file, ManifestFiles all, ManifestFindings findings, int before)
    {
        if (findings.Components.Count > before && all.Find(file.Folder, "gradle.lockfile") is null)
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    private static IEnumerable<(string Name, string Value)> Values(string text) => Assignments().Matches(text).Take(2000).Select(m => (m.Groups["name"].Value, m.Groups["value"].Value));

    [GeneratedRegex(@"[""'](?<group>[\w.\-]{1,120}):(?<name>[\w.\-]{1,120})(?::(?<version>[^""':@\s]{1,80}))?(?::[\w\-]{1,40})?(?:@\w{1,10})?[""']", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Coordinates();

    [GeneratedRegex(@"group\s*[:=]\s*[""'](?<group>[\w.\-]{2,120})[""']\s*,\s*name\s*[:=]\s*[""'](?<name>[\w.\-]{1,120})[""'](?:\s*,\s*version\s*[:=]\s*[""']?(?<version>[^""',\s)]{1,80}))?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Maps();

    [GeneratedRegex(@"(?:^|[\s.\[(""'])(?<name>[A-Za-z][\w.\-]{0,80})[""'\])]*\s*[=:,]\s*[""']?(?<value>\d[\w.\-+]{0,60})[""')]?\s*(?:[},;]|$)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"^[ \t]*(?:implementation|api|compileOnly|runtimeOnly|compile|runtime|classpath|kapt|annotationProcessor)\b[ \t]*\(?[^\n]{3,}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Declarations();

    /// <summary>Other projects of the build, files, and entries of a catalogue.</summary>
    [GeneratedRegex(@"project\s*\(|projects\.|libs\.|files\s*\(|fileTree\s*\(|gradleApi\s*\(|localGroovy\s*\(", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Others();

    [GeneratedRegex(@"ependenc|\blibs\.|\bapply\b[^\n]{0,20}\bfrom\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Asking();

    [GeneratedRegex(@"\$\{?(?:rootProject\.|project\.|ext\.|versions\.)?(?<name>[A-Za-z][\w.]{0,80})\}?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex(@"""[^""\n]{0,400}""|'[^'\n]{0,400}'|//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Comments();
}
