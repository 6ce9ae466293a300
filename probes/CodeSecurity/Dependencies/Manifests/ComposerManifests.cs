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
            ReadLock(file, document.RootElement, all.Find(file.Folder, "composer.json") is { } beside ? AskedBy(beside) : null, findings);
            return;
        }

        var asked = ComposerAsked.Of(document.RootElement);
        if (!asked.IsWhole)
        {
            findings.Leave(file.Path, "有的依赖不是包名加版本，没有解析");
        }

        if (all.Find(file.Folder, LockName) is null)
        {
            ReadAsked(file, asked, findings);
        }
    }

    /// <summary>A lock speaks for what stands beside it; a library may need nothing but PHP, and then its lock names nothing either.</summary>
    public bool MayNameNone(ManifestFile file, ManifestFiles all) =>
        (file.Name != LockName && all.Find(file.Folder, LockName) is not null) || (all.Find(file.Folder, "composer.json") is { } beside && AskedBy(beside) is { IsWhole: true, Names.Count: 0 });

    /// <summary>Licences of a package; several are a choice.</summary>
    public static string? LicenceOf(JsonElement package)
    {
        if (package.TextOf("license") is { } one)
        {
            return one;
        }

        if (package.Child("license") is not { ValueKind: JsonValueKind.Array } several || several.GetArrayLength() is 0 or > 20)
        {
            return null;
        }

        List<string?> all = [.. several.EnumerateArray().Select(l => l.Text())];
        return all.Contains(null) ? null : all.Count == 1 ? all[0] : string.Join(" OR ", all.Select(l => l!.Contains(' ', StringComparison.Ordinal) ? $"({l})" : l));
    }

    /// <summary>A tag is a version with a letter before it.</summary>
    public static string Version(string written) => written is ['v' or 'V', >= '0' and <= '9', ..] ? written[1..] : written;

    private static void ReadLock(ManifestFile file, JsonElement root, ComposerAsked? asked, ManifestFindings findings)
    {
        if (root.Child("packages") is not { ValueKind: JsonValueKind.Array } packages)
        {
            throw new ManifestFaultException("composer.lock 里没有 packages");
        }

        var lines = new ForwardLines(file.Text);
        IEnumerable<JsonElement> development = root.Child("packages-dev") is { ValueKind: JsonValueKind.Array } others ? others.EnumerateArray() : [];
        var there = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var package in packages.EnumerateArray().Concat(development))
        {
            there.UnionWith(package.Fields("replace").Concat(package.Fields("provide")).Select(ManifestJson.NameOf).OfType<string>());
            if (package.TextOf("name") is { } name && package.TextOf("version") is { } version)
            {
                there.Add(name);
                findings.Add(new CodeComponent
                {
                    Ecosystem = "Packagist", Name = name.ToLowerInvariant(), Version = Version(version), IsDirect = asked?.Names.ContainsKey(name), Licence = LicenceOf(package), File = file.Path, Line = lines.Of($"\"{name}\""),
                });
            }
            else
            {
                findings.Leave(file.Path, "锁定文件里有的条目没有名称或版本");
            }
        }

        LeaveMissing(file, asked, there, findings);
    }

    /// <summary>A lock that was emptied, or made before the last change of what is asked for, does not speak for it.</summary>
    private static void LeaveMissing(ManifestFile file, ComposerAsked? asked, HashSet<string> there, ManifestFindings findings)
    {
        const int MostNames = 5;
        var missing = asked?.Names.Keys.Where(n => !there.Contains(n)).Order(StringComparer.Ordinal).ToList() ?? [];
        if (missing.Count > 0)
        {
            findings.Leave(file.Path, $"composer.json 要的包有 {missing.Count} 个不在锁定文件里（如 {string.Join("、", missing.Take(MostNames).Select(n => ShownVersion.Of(n.Length > 100 ? n[..100] : n)))}）");
        }
    }

    private static void ReadAsked(ManifestFile file, ComposerAsked asked, ManifestFindings findings)
    {
        var lines = new ForwardLines(file.Text);
        foreach (var (name, written) in asked.Names)
        {
            var isOne = written is not null && SemanticVersion.TryParse(Version(written), out var parsed) && parsed.Parts == 3 && char.IsAsciiDigit(Version(written)[0]);
            findings.Add(new CodeComponent
            {
                Ecosystem = "Packagist", Name = name.ToLowerInvariant(), Version = isOne ? Version(written!) : null, Range = isOne ? null : written ?? "", IsDirect = true, File = file.Path, Line = lines.Of($"\"{name}\""),
            });
            findings.WithoutTransitive.Add(file.Path);
        }
    }

    /// <returns>Null where it is no JSON, which is told where it is read for itself.</returns>
    private static ComposerAsked? AskedBy(ManifestFile file)
    {
        try
        {
            using var document = ManifestJson.Parse(file.Text);
            return ComposerAsked.Of(document.RootElement);
        }
        catch (ManifestFaultException)
        {
            return null;
        }
    }

    /// <summary>What a composer.json asks for.</summary>
    /// <param name="Names">With the version or range; null where that is no text.</param>
    /// <param name="IsWhole">All of it is a name with a text.</param>
    private sealed record ComposerAsked(IReadOnlyDictionary<string, string?> Names, bool IsWhole)
    {
        private static readonly string[] Groups = ["require", "require-dev"];

        public static ComposerAsked Of(JsonElement root)
        {
            var (names, isWhole) = (new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase), IsReadable(root));
            foreach (var field in Groups.SelectMany(g => root.Fields(g)))
            {
                var (name, written) = (ManifestJson.NameOf(field), field.Value.Text());
                isWhole &= name is not null && written is not null;
                if (name?.Contains('/', StringComparison.Ordinal) == true) // others are PHP itself and its extensions
                {
                    names.TryAdd(name, written);
                }
            }

            return new ComposerAsked(names, isWhole);
        }

        /// <summary>Empty lists are what PHP writes for empty objects.</summary>
        private static bool IsReadable(JsonElement root) => root.EnumerateObject().All(f => ManifestJson.NameOf(f) is not null)
            && Groups.All(g => root.Child(g) is not { } group || group.ValueKind == JsonValueKind.Object || (group.ValueKind == JsonValueKind.Array && group.GetArrayLength() == 0));
    }
}
