using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>composer.lock and composer.json of PHP.</summary>
internal sealed class ComposerManifests : IManifestFormat
{
    private const string LockName = "composer.lock";

    public bool Reads(string path) => Path.GetFileName(path) is LockName or "composer.json";

    public void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings)
    {
        using var document = ManifestJson.Parse(file.Text);
        if (file.Name == LockName)
        {
            ReadLock(file, document.RootElement, Direct(all, file.Folder), findings);
        }
        else if (all.Find(file.Folder, LockName) is null)
        {
            ReadAsked(file, document.RootElement, findings);
        }
    }

    /// <summary>The lock speaks for what stands beside it; a library may need nothing but PHP.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all) => true;

    /// <summary>Licences of a package; several are a choice.</summary>
    public static string? LicenceOf(JsonElement package)
    {
        if (package.TextOf("license") is { } one)
        {
            return one;
        }

        if (package.ValueKind != JsonValueKind.Object || !package.TryGetProperty("license", out var several) || several.ValueKind != JsonValueKind.Array || several.GetArrayLength() is 0 or > 20)
        {
            return null;
        }

        List<string?> all = [.. several.EnumerateArray().Select(l => l.ValueKind == JsonValueKind.String ? l.GetString() : null)];
        return all.Contains(null) ? null : all.Count == 1 ? all[0] : string.Join(" OR ", all.Select(l => l!.Contains(' ', StringComparison.Ordinal) ? $"({l})" : l));
    }

    /// <summary>A tag is a version with a letter before it.</summary>
    public static string Version(string written) => written is ['v' or 'V', >= '0' and <= '9', ..] ? written[1..] : written;

    private static void ReadLock(ManifestFile file, JsonElement root, HashSet<string>? direct, ManifestFindings findings)
    {
        if (!root.TryGetProperty("packages", out var packages) || packages.ValueKind != JsonValueKind.Array)
        {
            throw new ManifestFaultException("composer.lock 里没有 packages");
        }

        var lines = new ForwardLines(file.Text);
        IEnumerable<JsonElement> development = root.TryGetProperty("packages-dev", out var others) && others.ValueKind == JsonValueKind.Array ? others.EnumerateArray() : [];
        foreach (var package in packages.EnumerateArray().Concat(development))
        {
            if (package.TextOf("name") is { } name && package.TextOf("version") is { } version)
            {
                findings.Add(new CodeComponent
                {
                    Ecosystem = "Packagist", Name = name.ToLowerInvariant(), Version = Version(version), IsDirect = direct?.Contains(name), Licence = LicenceOf(package), File = file.Path, Line = lines.Of($"\"{name}\""),
                });
            }
            else
            {
                findings.Leave(file.Path, "锁定文件里有的条目没有名称或版本");
            }
        }
    }

    private static void ReadAsked(ManifestFile file, JsonElement root, ManifestFindings findings)
    {
        var lines = new ForwardLines(file.Text);
        foreach (var (name, range) in Asked(root))
        {
            findings.Add(new CodeComponent { Ecosystem = "Packagist", Name = name.ToLowerInvariant(), Range = range, IsDirect = true, File = file.Path, Line = lines.Of($"\"{name}\"") });
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    /// <summary>Names without a slash are PHP itself and its extensions.</summary>
    private static IEnumerable<(string Name, string? Range)> Asked(JsonElement root) =>
        root.Fields("require").Concat(root.Fields("require-dev"))
            .Select(f => (Name: ManifestJson.NameOf(f), Range: f.Value.ValueKind == JsonValueKind.String ? f.Value.ToString() : null))
            .Where(f => f.Name?.Contains('/', StringComparison.Ordinal) == true).Select(f => (f.Name!, f.Range));

    private static HashSet<string>? Direct(ManifestFiles all, string folder)
    {
        if (all.Find(folder, "composer.json") is not { } beside)
        {
            return null;
        }

        try
        {
            using var document = ManifestJson.Parse(beside.Text);
            return Asked(document.RootElement).Select(a => a.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (ManifestFaultException)
        {
            return null;
        }
    }
}
