using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>package-lock.json and npm-shrinkwrap.json of versions 1 to 3, and package.json where nothing locks it.</summary>
internal sealed class NpmManifests : IManifestFormat
{
    private const int Deepest = 30;
    private static readonly string[] Locks = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];
    private static readonly string[] Groups = ["dependencies", "devDependencies", "optionalDependencies"];

    public bool Reads(string path) => Path.GetFileName(path) is "package-lock.json" or "npm-shrinkwrap.json" or "package.json";

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        using var document = ManifestJson.Parse(file.Text);
        if (file.Name == "package.json")
        {
            ReadPlain(file, all, document.RootElement, findings);
        }
        else if (document.RootElement.Child("packages") is not null)
        {
            ReadPackages(file, all, document.RootElement, findings);
        }
        else
        {
            ReadNested(file, document.RootElement, (Direct(all, file.Folder), new ForwardLines(file.Text), 0), findings);
        }
    }

    /// <summary>A package.json that asks for nothing, or whose lock speaks for it.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all)
    {
        if (file.Name != "package.json")
        {
            return false;
        }

        using var document = ManifestJson.Parse(file.Text);
        return IsLocked(file.Folder, all) || !document.RootElement.EnumerateObject().Any(f => ManifestJson.NameOf(f)?.Contains("ependencies", StringComparison.Ordinal) == true && f.Value.ValueKind == JsonValueKind.Object && f.Value.EnumerateObject().Any())
            || Unlocked(file.Folder, all, document.RootElement).Count == 0;
    }

    /// <summary>A lock lies beside it, or one above it names the folder.</summary>
    private static bool IsLocked(string folder, ManifestFiles all) =>
        Locks.Any(l => all.Find(folder, l) is not null) || Above(folder, all).Any(l => l.Reach.Folders.Contains(l.Below));

    private static IEnumerable<(LockReach Reach, string Below)> Above(string folder, ManifestFiles all)
    {
        for (var at = folder; at.Length > 0;)
        {
            at = at.LastIndexOf('/') is var cut && cut < 0 ? "" : at[..cut];
            foreach (var file in Locks.Select(l => all.Find(at, l)).OfType<ManifestFile>())
            {
                yield return (all.ReachOf(file), at.Length == 0 ? folder : folder[(at.Length + 1)..]);
            }
        }
    }

    /// <summary>What no lock above has; yarn 1 names what was asked for, and not the folder that asks.</summary>
    private static List<(string Name, string Range)> Unlocked(string folder, ManifestFiles all, JsonElement root)
    {
        List<LockReach> above = [.. Above(folder, all).Select(l => l.Reach)];
        return [.. Asked(root).Where(a => !above.Exists(r => r.Asked.Contains($"{a.Name}@{a.Range}")))];
    }

    /// <summary>Names that the package.json of a folder asks for; null where there is none that can be read.</summary>
    public static HashSet<string>? Direct(ManifestFiles all, string folder)
    {
        if (all.Find(folder, "package.json") is not { } own)
        {
            return null;
        }

        try
        {
            using var document = ManifestJson.Parse(own.Text);
            return [.. Asked(document.RootElement).Select(a => a.Name)];
        }
        catch (ManifestFaultException)
        {
            return null;
        }
    }

    /// <summary>All that it asks for is a name with a version.</summary>
    public static bool IsPlain(JsonElement root) => !Groups.SelectMany(g => root.Fields(g)).Any(f => f.Value.ValueKind != JsonValueKind.String || ManifestJson.NameOf(f) is null);

    /// <summary>What a package.json asks for by name; of a name written twice the last counts.</summary>
    public static IEnumerable<(string Name, string Range)> Asked(JsonElement root) => Groups.SelectMany(g => Last(root.Fields(g))).Select(a => (a.Key, a.Value));

    private static Dictionary<string, string> Last(IEnumerable<JsonProperty> fields)
    {
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (ManifestJson.NameOf(field) is { } name && field.Value.ValueKind == JsonValueKind.String)
            {
                asked[name] = field.Value.Text() ?? "";
            }
        }

        return asked;
    }

    private static void ReadPlain(ManifestFile file, ManifestFiles all, JsonElement root, ManifestFindings findings)
    {
        if (!IsPlain(root))
        {
            findings.Leave(file.Path, "有的依赖不是包名加版本，没有解析");
        }

        if (IsLocked(file.Folder, all))
        {
            return;
        }

        var lines = new ForwardLines(file.Text);
        var before = findings.Components.Count;
        foreach (var (name, range) in Unlocked(file.Folder, all, root))
        {
            var isOne = range.Length > 0 && char.IsAsciiDigit(range[0]) && SemanticVersion.TryParse(range, out var parsed) && parsed.Parts == 3;
            findings.Add(new CodeComponent { Ecosystem = "npm", Name = name, Version = isOne ? range : null, Range = isOne ? null : range, IsDirect = true, File = file.Path, Line = lines.Of($"\"{name}\"") });
        }

        if (findings.Components.Count > before)
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    private static void ReadPackages(ManifestFile file, ManifestFiles all, JsonElement root, ManifestFindings findings)
    {
        HashSet<string> direct = [.. root.Fields("packages").Where(p => ManifestJson.NameOf(p)?.Contains("node_modules/", StringComparison.Ordinal) == false).SelectMany(p => Asked(p.Value)).Select(a => a.Name)];
        var lines = new ForwardLines(file.Text);
        foreach (var package in root.Fields("packages"))
        {
            var place = ManifestJson.NameOf(package) ?? "";
            var at = place.LastIndexOf("node_modules/", StringComparison.Ordinal);
            if (at < 0)
            {
                if (place.Length > 0 && all.Find(file.Folder.Length == 0 ? place : $"{file.Folder}/{place}", "package.json") is null)
                {
                    findings.Leave(file.Path, "锁定文件提到的目录有的不在源码里，没有识别");
                }

                continue;
            }

            if (package.Value.TextOf("version") is not { } version)
            {
                if (!IsLink(package.Value))
                {
                    findings.Leave(file.Path, "锁定文件里有的包没有写版本，没有收");
                }

                continue;
            }

            var key = place[(at + "node_modules/".Length)..];
            findings.Add(new CodeComponent
            {
                Ecosystem = "npm", Name = package.Value.TextOf("name") ?? key, Version = version, IsDirect = at == 0 && direct.Contains(key),
                Licence = package.Value.TextOf("license"), File = file.Path, Line = lines.Of($"\"{place}\""),
            });
        }
    }

    /// <summary>To a folder of the tree, which the lock names by itself.</summary>
    private static bool IsLink(JsonElement package) => package.Child("link") is { ValueKind: JsonValueKind.True };

    private static void ReadNested(ManifestFile file, JsonElement at, (HashSet<string>? Direct, ForwardLines Lines, int Depth) state, ManifestFindings findings)
    {
        if (state.Depth > Deepest)
        {
            throw new ManifestFaultException($"依赖嵌套超过 {Deepest} 层");
        }

        foreach (var field in at.Fields("dependencies"))
        {
            if (ManifestJson.NameOf(field) is not { } name || field.Value.TextOf("version") is not { } version)
            {
                findings.Leave(file.Path, "锁定文件里有的包没有写版本，没有收");
                continue;
            }

            var (real, number) = version.StartsWith("npm:", StringComparison.Ordinal) && version.LastIndexOf('@') is var cut and > 4 ? (version[4..cut], version[(cut + 1)..]) : (name, version);
            var isOne = SemanticVersion.TryParse(number, out _);
            findings.Add(new CodeComponent
            {
                Ecosystem = "npm", Name = real, Version = isOne ? number : null, Range = isOne ? null : number, IsDirect = state.Depth > 0 ? false : state.Direct?.Contains(name), File = file.Path, Line = state.Lines.Of($"\"{name}\""),
            });
            ReadNested(file, field.Value, state with { Depth = state.Depth + 1 }, findings);
        }
    }
}
