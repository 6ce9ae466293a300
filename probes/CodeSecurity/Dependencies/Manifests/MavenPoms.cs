using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>pom.xml, with properties, parents and managed versions that lie in the tree.</summary>
internal sealed partial class MavenPoms : IManifestFormat
{
    private const int MostParents = 20;

    public bool Reads(string path) => Path.GetFileName(path) == "pom.xml";

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        var project = ManifestElement.Parse(file.Text);
        if (project.Name != "project")
        {
            throw new ManifestFaultException("根元素不是 project");
        }

        var line = Lineage(file, project, all);
        findings.WithoutTransitive.Add(file.Path);
        if (project.Child("parent") is { } parent && line.Count == 1)
        {
            Add(parent, line, file, findings);
            findings.Gaps.Add(new DependencyGap(file.Path, $"父 POM {parent.TextOf("groupId")}:{parent.TextOf("artifactId")} 不在源码中，由它决定的版本不知道"));
        }

        var managed = Managed(line);
        var own = all.All.Where(f => f.Name == "pom.xml").Select(all.ElementOf).OfType<ManifestElement>().Select(OwnName).ToHashSet(StringComparer.Ordinal);
        foreach (var dependency in project.Each("dependencies", "dependency").Concat(project.Each("profiles", "profile", "dependencies", "dependency")).Concat(project.Each("dependencyManagement", "dependencies", "dependency").Where(d => d.TextOf("scope") == "import")))
        {
            if (NameOf(dependency, line) is not { } name)
            {
                findings.Leave(file.Path, "有的依赖没有写 groupId 或 artifactId，没有收");
            }
            else if (!own.Contains(name))
            {
                Add(dependency, line, file, findings, managed);
            }
        }
    }

    /// <summary>Parents and aggregators, modules that need other modules of the tree alone, and those that need nothing.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all) =>
        all.ElementOf(file) is { Name: "project" } project
        && (project.TextOf("packaging") == "pom" || project.Child("modules") is not null || project.Child("dependencyManagement") is not null || project.Each("dependencies", "dependency").Any() || !project.Below("dependency").Any());

    private static void Add(ManifestElement dependency, IReadOnlyList<ManifestElement> line, ManifestFile file, ManifestFindings findings, Dictionary<string, string>? managed = null)
    {
        if (NameOf(dependency, line) is not { } name)
        {
            return;
        }

        var said = dependency.TextOf("version") is { } own ? Resolve(own, line) : managed?.GetValueOrDefault(name);
        var isOne = said is not null && !said.Contains("${", StringComparison.Ordinal) && said[0] is not '[' and not '(' && said is not "LATEST" and not "RELEASE";
        findings.Add(new CodeComponent
        {
            Ecosystem = "Maven", Name = name, Version = isOne ? said : null, Range = isOne ? null : said ?? "由不在源码中的父 POM 或 BOM 决定", IsDirect = true, File = file.Path, Line = dependency.Line,
        });
    }

    /// <summary>What the modules of the tree are called: they are no third parties to each other.</summary>
    private static string OwnName(ManifestElement project) => $"{project.TextOf("groupId") ?? project.Child("parent")?.TextOf("groupId")}:{project.TextOf("artifactId")}";

    private static string? NameOf(ManifestElement dependency, IReadOnlyList<ManifestElement> line) =>
        dependency.TextOf("groupId") is { } group && dependency.TextOf("artifactId") is { } artifact ? $"{Resolve(group, line)}:{Resolve(artifact, line)}" : null;

    /// <summary>The project and its parents as far as they lie in the tree, nearest first.</summary>
    private static List<ManifestElement> Lineage(ManifestFile file, ManifestElement project, ManifestFiles all)
    {
        List<ManifestElement> line = [project];
        var folder = file.Folder;
        while (line.Count < MostParents && line[^1].Child("parent") is { } parent && Parent(folder, parent, all) is { } found)
        {
            line.Add(found.Element);
            folder = found.File.Folder;
        }

        return line;
    }

    private static (ManifestFile File, ManifestElement Element)? Parent(string folder, ManifestElement parent, ManifestFiles all)
    {
        var near = Relative(folder, parent.TextOf("relativePath") ?? "../pom.xml");
        return all.All.Where(f => f.Name == "pom.xml").OrderByDescending(f => f.Path == near).Select(f => (File: f, Element: all.ElementOf(f)))
            .Where(f => f.Element is not null && Is(f.Element, parent)).Select(f => ((ManifestFile, ManifestElement)?)(f.File, f.Element!)).FirstOrDefault();
    }

    private static bool Is(ManifestElement project, ManifestElement parent) =>
        project.TextOf("artifactId") == parent.TextOf("artifactId") && (project.TextOf("groupId") ?? project.Child("parent")?.TextOf("groupId")) == parent.TextOf("groupId");

    private static string Relative(string folder, string path)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != "."))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        var full = string.Join('/', parts);
        return full.EndsWith(".xml", StringComparison.Ordinal) ? full : full.Length == 0 ? "pom.xml" : $"{full}/pom.xml";
    }

    /// <summary>Managed versions; the nearest project wins.</summary>
    private static Dictionary<string, string> Managed(IReadOnlyList<ManifestElement> line)
    {
        var managed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var dependency in line.SelectMany(p => p.Each("dependencyManagement", "dependencies", "dependency")))
        {
            if (NameOf(dependency, line) is { } name && dependency.TextOf("version") is { } version)
            {
                managed.TryAdd(name, Resolve(version, line));
            }
        }

        return managed;
    }

    /// <summary>With the properties of the project and its parents put in; what nobody defines stays.</summary>
    private static string Resolve(string text, IReadOnlyList<ManifestElement> line)
    {
        for (var round = 0; round < 8 && text.Length < 1000 && text.Contains("${", StringComparison.Ordinal); round++)
        {
            var before = text;
            text = Reference().Replace(text, m => Property(m.Groups["name"].Value, line) ?? m.Value);
            if (text == before)
            {
                break;
            }
        }

        return text;
    }

    private static string? Property(string name, IReadOnlyList<ManifestElement> line) => name switch
    {
        "project.version" or "version" or "pom.version" => line[0].TextOf("version") ?? line[0].Child("parent")?.TextOf("version"),
        "project.groupId" or "groupId" or "pom.groupId" => line[0].TextOf("groupId") ?? line[0].Child("parent")?.TextOf("groupId"),
        "project.parent.version" or "parent.version" => line[0].Child("parent")?.TextOf("version"),
        "project.parent.groupId" => line[0].Child("parent")?.TextOf("groupId"),
        _ => line.Select(p => p.Child("properties")?.TextOf(name)).FirstOrDefault(v => v is not null),
    };

    [GeneratedRegex(@"\$\{(?<name>[\w.\-]{1,100})\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
