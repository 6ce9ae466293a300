using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Files that a project of .NET takes in: what is not read may ask for packages too.</summary>
/// <param name="file">That takes them in.</param>
/// <param name="around">It, and the files that are taken in by themselves.</param>
/// <param name="all">Of the tree.</param>
/// <param name="own">Names of files that are read wherever they lie.</param>
internal sealed partial class ProjectImports(ManifestFile file, IReadOnlyList<ManifestElement> around, ManifestFiles all, IReadOnlyList<string> own)
{
    private const int Deepest = 5;

    /// <summary>Comes with .NET, and so do those below it; any other is a package.</summary>
    private const string NetSdk = "Microsoft.NET.Sdk";

    /// <summary>Properties that the SDK and Visual Studio set to folders of their own (“MSBuild reserved and well-known properties”).</summary>
    private static readonly HashSet<string> OfSdk = new(StringComparer.OrdinalIgnoreCase)
    {
        "MSBuildToolsPath", "MSBuildToolsPath32", "MSBuildToolsPath64", "MSBuildBinPath", "MSBuildExtensionsPath", "MSBuildExtensionsPath32", "MSBuildExtensionsPath64",
        "VSToolsPath", "MSBuildSDKsPath", "MSBuildFrameworkToolsPath", "MSBuildProgramFiles32", "VsInstallRoot",
    };

    /// <summary>Some file that is taken in is neither the SDK's nor read.</summary>
    public bool HasUnread(ManifestElement project) => project.Below("Import").Any(i => !IsKnown(i)) || !AreOfSdk(project.Attributes.GetValueOrDefault("Sdk")) || project.Below("Sdk").Any(s => !AreOfSdk(s.Attributes.GetValueOrDefault("Name")));

    private bool IsKnown(ManifestElement import) => import.Attributes.GetValueOrDefault("Project") is { } path
        && (import.Attributes.TryGetValue("Sdk", out var sdk) ? AreOfSdk(sdk) && path is "Sdk.props" or "Sdk.targets" : IsOfFramework(path, 0) || IsRead(path));

    private static bool AreOfSdk(string? names) => names is null || names.Split(';').All(static n => n.Trim() is var name && (name.Equals(NetSdk, StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{NetSdk}.", StringComparison.OrdinalIgnoreCase)));

    /// <summary>It begins in a folder of the SDK and does not leave it.</summary>
    private bool IsOfFramework(string path, int depth)
    {
        if (depth > Deepest || path.Contains("..", StringComparison.Ordinal) || path.Contains('%', StringComparison.Ordinal) || path.Contains("$([", StringComparison.Ordinal) || Property().Match(path) is not { Success: true, Index: 0 } first)
        {
            return false;
        }

        return Said(first.Groups["name"].Value) is var said && (said.Count > 0 ? said.TrueForAll(s => IsOfFramework(s, depth + 1)) : OfSdk.Contains(first.Groups["name"].Value))
            && Property().Matches(path).Skip(1).SelectMany(p => Said(p.Groups["name"].Value)).All(static s => !s.Contains("..", StringComparison.Ordinal) && !s.Contains('%', StringComparison.Ordinal) && !s.Contains('$', StringComparison.Ordinal));
    }

    /// <summary>All that the files around set it to; names of properties have no case.</summary>
    private List<string> Said(string name) => [.. around.SelectMany(p => Named(p, name))];

    private static IEnumerable<string> Named(ManifestElement element, string name) =>
        element.Children.SelectMany(c => Named(c, name).Concat(c.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && c.Text.Length > 0 ? [c.Text] : []));

    /// <summary>One of the files that are read by their names: above, as is asked for, or where the path says.</summary>
    private bool IsRead(string path)
    {
        if (Above().Match(path) is { Success: true } above)
        {
            return own.Contains(above.Groups["name"].Value, StringComparer.Ordinal);
        }

        const string Here = "$(MSBuildThisFileDirectory)";
        List<string> parts = [.. file.Folder.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        foreach (var part in (path.StartsWith(Here, StringComparison.OrdinalIgnoreCase) ? path[Here.Length..] : path).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return parts.Count > 0 && own.Contains(parts[^1], StringComparer.Ordinal) && all.Find(string.Join('/', parts[..^1]), parts[^1]) is not null;
    }

    [GeneratedRegex(@"\$\((?<name>[A-Za-z_][\w.]{0,100})\)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Property();

    [GeneratedRegex(@"^\$\(\[MSBuild\]::GetPathOfFileAbove\(\s*['""]?(?<name>[\w.-]{1,100})['""]?\s*,\s*['""]?\$\(MSBuildThisFileDirectory\)(\.\.[/\\]?)?['""]?\s*\)\)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Above();
}
