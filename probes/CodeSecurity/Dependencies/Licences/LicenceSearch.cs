using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What packages that lie in the tree say of their own licences, for components whose manifest says nothing.</summary>
internal static class LicenceSearch
{
    private const int MostFiles = 50_000;
    private const int Largest = 512 * 1024;
    private const int LargestInstalled = 16 * 1024 * 1024;

    private static readonly SourceLimits Walk = new() { Files = 500_000, FileBytes = int.MaxValue, TotalBytes = long.MaxValue, TakesVendored = true };
    private static readonly string[] LicenceFiles = ["LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "COPYING"];

    /// <summary>The components, with the licences that were found, and how many files of packages were not looked at; components that have a licence keep it.</summary>
    /// <exception cref="UnableException">The tree is not there.</exception>
    public static (IReadOnlyList<CodeComponent> Components, int Unread) Fill(string root, IReadOnlyList<CodeComponent> components, LicenceBook book, CancellationToken stop, int mostFiles = MostFiles)
    {
        if (components.All(c => c.Licence is not null))
        {
            return (components, 0);
        }

        var wanted = components.Where(c => c.Licence is null).Select(c => PackageNames.Key(c.Ecosystem, c.Name)).ToHashSet(StringComparer.Ordinal);
        var (found, tree, read) = (new Dictionary<string, string?>(StringComparer.Ordinal), FileTree.Open(root), 0);
        var listing = SourceWalk.List(root, Walk, stop);
        var jars = 0;
        var unread = listing.LeftOutCounts.GetValueOrDefault(LeftOutReason.BeyondLimits);
        foreach (var file in listing.Files.Where(f => IsOfPackage(f.Path)))
        {
            stop.ThrowIfCancellationRequested();
            if (BundledJars.IsJar(file.Path) ? ++jars > BundledJars.MostJars : file.Bytes > LargestOf(file.Path) || ++read > mostFiles)
            {
                unread++;
                continue;
            }

            var (said, isUnread) = Read(tree, file.Path, book, stop);
            unread += isUnread ? 1 : 0;
            foreach (var (key, licence) in said.Where(s => wanted.Contains(KeyOf(s.Key))))
            {
                // Two packages of one name and version that say different things tell nothing.
                found[key] = found.TryGetValue(key, out var other) && other != licence ? null : licence;
            }
        }

        return ([.. components.Select(c => c.Licence is null && Of(c, found) is { } licence ? c with { Licence = ShownVersion.Of(licence) } : c)], unread);
    }

    private static string? Of(CodeComponent component, Dictionary<string, string?> found)
    {
        var key = PackageNames.Key(component.Ecosystem, component.Name);
        return component.Ecosystem == "Go" ? found.GetValueOrDefault($"{key}\n") : component.Version is { } version ? found.GetValueOrDefault($"{key}\n{version}") : null;
    }

    private static string KeyOf(string keyed) => keyed[..keyed.IndexOf('\n', StringComparison.Ordinal)];

    private static bool IsOfPackage(string path) => Path.GetFileName(path) is var name
        && ((name == "package.json" && path.Contains("node_modules/", StringComparison.Ordinal)) || name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".pom", StringComparison.Ordinal) || BundledJars.IsJar(name)
            || (name == "installed.json" && ("/" + path).EndsWith("/composer/installed.json", StringComparison.Ordinal))
            || (name == "METADATA" && path.Contains(".dist-info/", StringComparison.Ordinal)) || (name == "PKG-INFO" && path.Contains(".egg-info/", StringComparison.Ordinal))
            || (GoModule(path) is not null && LicenceFiles.Contains(name, StringComparer.OrdinalIgnoreCase)));

    private static string? GoModule(string path) => ("/" + path).IndexOf("/vendor/", StringComparison.Ordinal) is var at and >= 0 && path.LastIndexOf('/') is var end && end > at + 7 ? path[(at + 7)..end] : null;

    private static int LargestOf(string path) => path.EndsWith("installed.json", StringComparison.Ordinal) ? LargestInstalled : Largest;

    private static (List<(string Key, string Licence)> Said, bool IsUnread) Read(FileTree tree, string path, LicenceBook book, CancellationToken stop)
    {
        if (BundledJars.IsJar(path))
        {
            var jar = JarReading.Of(tree, path, stop);
            return ([.. jar.Packages.Where(p => p.Licence is not null).Select(p => ($"{PackageNames.Key("Maven", p.Name)}\n{p.Version}", p.Licence!))], jar.IsUnread);
        }

        try
        {
            return (Read(tree, path, book), false);
        }
        catch (Exception fault) when (fault is UnableException or ManifestFaultException)
        {
            return ([], !IsOfItsParts(path));
        }
    }

    /// <summary>Deeper in a package of npm lie broken descriptions on purpose, for the package's own tests; the package's own lies directly below node_modules.</summary>
    private static bool IsOfItsParts(string path) =>
        Path.GetFileName(path) == "package.json" && path[(path.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..].Split('/') is var steps && steps.Length > (steps[0].StartsWith('@') ? 3 : 2);

    /// <exception cref="UnableException">The file cannot be read.</exception>
    /// <exception cref="ManifestFaultException">It is not what its name says.</exception>
    private static List<(string Key, string Licence)> Read(FileTree tree, string path, LicenceBook book)
    {
        var text = Encoding.UTF8.GetString(tree.Read(path, LargestOf(path))).TrimStart('\ufeff');
        if (Path.GetFileName(path) == "installed.json")
        {
            return Composer(text);
        }

        var said = Path.GetFileName(path) switch
        {
            "package.json" => Npm(text),
            "METADATA" or "PKG-INFO" => Python(text),
            var name when name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) => NuGet(text),
            var name when name.EndsWith(".pom", StringComparison.Ordinal) => Maven(text),
            _ => ("Go", GoModule(path), "", book.OfText(text)),
        };
        return said is (var ecosystem, { Length: > 0 } package, { } version, { Length: > 0 } licence) ? [($"{PackageNames.Key(ecosystem, package)}\n{version}", licence)] : [];
    }

    private static (string, string?, string?, string?) Npm(string text)
    {
        using var document = ManifestJson.Parse(text);
        var root = document.RootElement;
        var licence = root.TextOf("license") ?? root.Child("license")?.TextOf("type");
        if (licence is null && root.Child("licenses") is { ValueKind: JsonValueKind.Array } several)
        {
            List<string?> types = [.. several.EnumerateArray().Select(l => l.TextOf("type"))];
            licence = types.Count > 0 && types.TrueForAll(t => t is not null) ? string.Join(" OR ", types) : null;
        }

        return ("npm", root.TextOf("name"), root.TextOf("version"), licence);
    }

    /// <summary>What Composer installed: a list, or since its second version an object that holds one.</summary>
    private static List<(string Key, string Licence)> Composer(string text)
    {
        using var document = ManifestJson.Parse(text.StartsWith('[') ? $"{{\"packages\":{text}}}" : text);
        return document.RootElement.Child("packages") is { ValueKind: JsonValueKind.Array } packages
            ? [.. from package in packages.EnumerateArray()
                  let name = package.TextOf("name")
                  let version = package.TextOf("version")
                  let licence = ComposerManifests.LicenceOf(package)
                  where name is not null && version is not null && licence is { Length: > 0 }
                  select ($"{PackageNames.Key("Packagist", name)}\n{ComposerManifests.Version(version)}", licence)]
            : throw new ManifestFaultException("没有组件的清单");
    }

    private static (string, string?, string?, string?) NuGet(string text)
    {
        var about = ManifestElement.Parse(text).Child("metadata");
        var licence = about?.Child("license");
        return ("NuGet", about?.TextOf("id"), about?.TextOf("version"), licence is { Text: { Length: > 0 } said, Attributes: { } attributes } && attributes.GetValueOrDefault("type") == "expression" ? said : null);
    }

    private static (string, string?, string?, string?) Maven(string text)
    {
        var project = ManifestElement.Parse(text);
        var (group, version) = (project.TextOf("groupId") ?? project.Child("parent")?.TextOf("groupId"), project.TextOf("version") ?? project.Child("parent")?.TextOf("version"));
        List<string> names = [.. project.Each("licenses", "license", "name").Select(n => n.Text).Where(n => n.Length > 0)];
        return ("Maven", group is null ? null : $"{group}:{project.TextOf("artifactId")}", version, names.Count == 1 ? names[0] : null);
    }

    /// <summary>The head of a message (core metadata of Python packages).</summary>
    private static (string, string?, string?, string?) Python(string text)
    {
        var fields = text.Split('\n').TakeWhile(l => l.Trim().Length > 0).Take(2000).Select(l => l.Split(": ", 2)).Where(p => p.Length == 2).ToLookup(p => p[0], p => p[1].Trim(), StringComparer.Ordinal);
        List<string> classed = [.. fields["Classifier"].Where(c => c.StartsWith("License :: ", StringComparison.Ordinal)).Select(c => c[(c.LastIndexOf("::", StringComparison.Ordinal) + 2)..].Trim()).Where(c => c != "OSI Approved")];
        var licence = fields["License-Expression"].FirstOrDefault() ?? (classed.Count == 1 ? classed[0] : null) ?? fields["License"].FirstOrDefault(l => l.Length is > 0 and < 100 && l != "UNKNOWN");
        return ("PyPI", fields["Name"].FirstOrDefault(), fields["Version"].FirstOrDefault(), licence);
    }
}
