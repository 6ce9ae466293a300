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
        else if (document.RootElement.TryGetProperty("packages", out _))
        {
            ReadPackages(file, document.RootElement, findings);
        }
        else
        {
            ReadNested(file, document.RootElement, (Direct(all, file.Folder), new ForwardLines(file.Text), 0), findings);
        }
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

    private static IEnumerable<(string Name, string Range)> Asked(JsonElement root) =>
        from kind in Groups
        from field in root.Fields(kind)
        let name = ManifestJson.NameOf(field)
        where name is not null && field.Value.ValueKind == JsonValueKind.String
        select (name, root.GetProperty(kind).TextOf(name) ?? "");

    private static void ReadPlain(ManifestFile file, ManifestFiles all, JsonElement root, ManifestFindings findings)
    {
        if (Locks.Any(l => all.Above(file.Folder, l) is not null))
        {
            return;
        }

        var lines = new ForwardLines(file.Text);
        var before = findings.Components.Count;
        foreach (var (name, range) in Asked(root))
        {
            var isOne = range.Length > 0 && char.IsAsciiDigit(range[0]) && SemanticVersion.TryParse(range, out var parsed) && parsed.Parts == 3;
            findings.Add(new CodeComponent { Ecosystem = "npm", Name = name, Version = isOne ? range : null, Range = isOne ? null : range, IsDirect = true, File = file.Path, Line = lines.Of($"\"{name}\"") });
        }

        if (findings.Components.Count > before)
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    private static void ReadPackages(ManifestFile file, JsonElement root, ManifestFindings findings)
    {
        HashSet<string> direct = [.. root.Fields("packages").Where(p => ManifestJson.NameOf(p)?.Contains("node_modules/", StringComparison.Ordinal) == false).SelectMany(p => Asked(p.Value)).Select(a => a.Name)];
        var lines = new ForwardLines(file.Text);
        foreach (var package in root.Fields("packages"))
        {
            var place = ManifestJson.NameOf(package) ?? "";
            var at = place.LastIndexOf("node_modules/", StringComparison.Ordinal);
            if (at < 0 || package.Value.TextOf("version") is not { } version)
            {
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
