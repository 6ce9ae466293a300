using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>packages.lock.json, packages.config, and project files with their central versions where nothing locks them.</summary>
internal sealed partial class NuGetManifests : IManifestFormat
{
    private static readonly string[] Ends = [".csproj", ".vbproj", ".fsproj"];
    private static readonly string[] Props = ["Directory.Packages.props", "Directory.Build.props", "Directory.Build.targets"];

    public bool Reads(string path) =>
        Path.GetFileName(path) is var name && (name is "packages.lock.json" or "packages.config" || Props.Contains(name, StringComparer.Ordinal) || Ends.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)));

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        if (file.Name == "packages.lock.json")
        {
            ReadLock(file, findings);
        }
        else if (file.Name == "packages.config")
        {
            foreach (var package in ManifestElement.Parse(file.Text).Each("package"))
            {
                Add(findings, package.Attributes.GetValueOrDefault("id"), package.Attributes.GetValueOrDefault("version"), file, package.Line, isDirect: null);
            }
        }
        else
        {
            ReadProject(file, all, findings);
        }
    }

    /// <summary>Values for others, projects with a lock or packages.config beside them, and projects that refer to no package; files they take in are asked for where they are read.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all) =>
        Props.Contains(file.Name, StringComparer.Ordinal)
        || (Ends.Any(e => file.Name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && (all.Find(file.Folder, "packages.lock.json") is not null || all.Find(file.Folder, "packages.config") is not null
            || (all.ElementOf(file) is { Name: "Project" } project && !project.Below("PackageReference").Any())));

    private static void ReadLock(ManifestFile file, ManifestFindings findings)
    {
        using var document = ManifestJson.Parse(file.Text);
        var lines = new ForwardLines(file.Text);
        foreach (var package in document.RootElement.Fields("dependencies").SelectMany(f => f.Value.ValueKind == System.Text.Json.JsonValueKind.Object ? f.Value.EnumerateObject().ToList() : []))
        {
            if (package.Value.TextOf("type") != "Project" && (ManifestJson.NameOf(package) is null || package.Value.TextOf("resolved") is null))
            {
                findings.Leave(file.Path, "锁定文件里有的包没有写版本，没有收");
            }
            else if (ManifestJson.NameOf(package) is { } name && package.Value.TextOf("resolved") is { } version)
            {
                findings.Add(new CodeComponent { Ecosystem = "NuGet", Name = name, Version = version, IsDirect = package.Value.TextOf("type") == "Direct", File = file.Path, Line = lines.Of($"\"{name}\"") });
            }
        }
    }

    private static void ReadProject(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var project = ManifestElement.Parse(file.Text);
        if (all.Find(file.Folder, "packages.lock.json") is null && all.Find(file.Folder, "packages.config") is null && new ProjectImports(file, Around(file, all), all, Props).HasUnread(project))
        {
            findings.Leave(file.Path, "引入了没有读的文件（Import、Sdk），其中的依赖不知道");
        }

        if (Props.Contains(file.Name, StringComparer.Ordinal))
        {
            // Its versions are asked for by projects; what it adds to all of them by itself counts here.
            AddAll(project.Below("GlobalPackageReference").Concat(file.Name == "Directory.Packages.props" ? [] : project.Below("PackageReference")), file, all, findings);
            return;
        }

        if (all.Find(file.Folder, "packages.lock.json") is not null)
        {
            return;
        }

        var before = findings.Components.Count;
        if (project.Below("HintPath").Any() && all.Find(file.Folder, "packages.config") is null)
        {
            findings.Leave(file.Path, "引用了放在目录里的程序包（HintPath），不在任何清单里，没有识别");
        }

        AddAll(project.Below("PackageReference"), file, all, findings);
        if (findings.Components.Count > before)
        {
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    private static void AddAll(IEnumerable<ManifestElement> references, ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var around = Around(file, all);
        var central = around.SelectMany(p => p.Below("PackageVersion")).Where(v => v.Attributes.ContainsKey("Include"))
            .GroupBy(v => v.Attributes["Include"], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => Said(g.First(), "Version"), StringComparer.OrdinalIgnoreCase);
        foreach (var reference in references)
        {
            var name = reference.Attributes.GetValueOrDefault("Include") ?? reference.Attributes.GetValueOrDefault("Update");
            var version = Said(reference, "VersionOverride") ?? Said(reference, "Version") ?? (name is null ? null : central.GetValueOrDefault(name));
            Add(findings, name, version is null ? null : Property().Replace(version, m => Value(m.Groups["name"].Value, around) ?? m.Value), file, reference.Line, isDirect: true);
        }
    }

    private static string? Said(ManifestElement element, string name) => element.Attributes.GetValueOrDefault(name) ?? element.TextOf(name);

    private static string? Value(string name, IReadOnlyList<ManifestElement> around) => around.SelectMany(p => p.Below(name)).Select(e => e.Text).FirstOrDefault(t => t.Length > 0);

    private static List<ManifestElement> Around(ManifestFile file, ManifestFiles all) =>
        [.. Props.Select(p => all.Above(file.Folder, p)).Prepend(file).OfType<ManifestFile>().Select(all.ElementOf).OfType<ManifestElement>()];

    private static void Add(ManifestFindings findings, string? name, string? version, ManifestFile file, int line, bool? isDirect)
    {
        if (name is not { Length: > 0 })
        {
            findings.Leave(file.Path, "有的引用没有写包名，没有收");
            return;
        }

        var bare = version?.Trim('[', ']');
        var isOne = bare is not null && version!.AsSpan().IndexOfAny("*,($") < 0 && SemanticVersion.TryParse(bare, out _);
        findings.Add(new CodeComponent { Ecosystem = "NuGet", Name = name, Version = isOne ? bare : null, Range = isOne ? null : version ?? "没有写版本", IsDirect = isDirect, File = file.Path, Line = line });
    }

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][\w.]{0,100})\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Property();
}
