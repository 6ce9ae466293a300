namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads one family of files that say what a program is built from.</summary>
internal interface IManifestFormat
{
    /// <summary>By the name alone.</summary>
    bool Reads(string path);

    /// <exception cref="ManifestFaultException">The file is not what its name says.</exception>
    void Read(ManifestFile file, ManifestFiles all, ManifestFindings findings);

    /// <summary>Whether a file that named no package may be so: it serves others, others speak for it, or it asks for nothing as a whole.</summary>
    bool MayNameNone(ManifestFile file, ManifestFiles all);
}

/// <param name="Path">Relative to the tree, with forward slashes.</param>
/// <param name="Text">The whole file.</param>
internal sealed record ManifestFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Without a slash at its end; empty for the root.</summary>
    public string Folder => Path.LastIndexOf('/') is var at && at < 0 ? "" : Path[..at];
}

/// <summary>All manifests of a tree: some speak for others.</summary>
internal sealed class ManifestFiles(IReadOnlyList<ManifestFile> files)
{
    private readonly Dictionary<string, ManifestFile> _byPath = files.ToDictionary(f => f.Path, StringComparer.Ordinal);

    private readonly Dictionary<string, ManifestElement?> _elements = new(StringComparer.Ordinal);

    private readonly Dictionary<string, LockReach> _reaches = new(StringComparer.Ordinal);

    public IReadOnlyList<ManifestFile> All => files;

    /// <summary>Of an XML file that another one speaks of, read once; null where it is none, which is told where it is read for itself.</summary>
    public ManifestElement? ElementOf(ManifestFile file)
    {
        if (!_elements.TryGetValue(file.Path, out var element))
        {
            try
            {
                element = ManifestElement.Parse(file.Text);
            }
            catch (ManifestFaultException)
            {
                element = null;
            }

            _elements[file.Path] = element;
        }

        return element;
    }

    /// <summary>Of a lock file, read once.</summary>
    public LockReach ReachOf(ManifestFile file)
    {
        if (!_reaches.TryGetValue(file.Path, out var reach))
        {
            _reaches[file.Path] = reach = LockReach.Of(file);
        }

        return reach;
    }

    public ManifestFile? Find(string folder, string name) => _byPath.GetValueOrDefault(folder.Length == 0 ? name : $"{folder}/{name}");

    /// <summary>In the folder or the nearest one above it.</summary>
    public ManifestFile? Above(string folder, string name)
    {
        for (var at = folder; ; at = at.LastIndexOf('/') is var cut && cut < 0 ? "" : at[..cut])
        {
            if (Find(at, name) is { } found)
            {
                return found;
            }

            if (at.Length == 0)
            {
                return null;
            }
        }
    }
}

/// <summary>What was read so far.</summary>
internal sealed class ManifestFindings
{
    public const int MostComponents = 100_000;

    private readonly HashSet<(string, string)> _left = [];

    public List<CodeComponent> Components { get; } = [];

    /// <summary>Places where something was left open.</summary>
    public List<DependencyGap> Gaps { get; } = [];

    /// <summary>Manifests that name what the tree asks for and not what that asks for in turn.</summary>
    public List<string> WithoutTransitive { get; } = [];

    /// <exception cref="ManifestFaultException">There are too many.</exception>
    public void Add(CodeComponent component)
    {
        if (Components.Count >= MostComponents)
        {
            throw new ManifestFaultException($"组件多于 {MostComponents} 个");
        }

        if (component.Name.Length is 0 or > 300 || (component.Version?.Length ?? 0) > 200)
        {
            Leave(component.File, "有的包名是空的，或包名、版本过长，没有收");
            return;
        }

        var range = ShownVersion.Of(component.Range);
        Components.Add(component with
        {
            Name = ShownVersion.Of(component.Name)!, Version = ShownVersion.Of(component.Version), Licence = ShownVersion.Of(component.Licence),
            Range = range is { Length: > 200 } ? range[..200] : range,
        });
    }

    /// <summary>Notes that something of a file was left open; the same is noted once.</summary>
    public void Leave(string file, string reason)
    {
        if (_left.Add((file, reason)))
        {
            Gaps.Add(new DependencyGap(file, reason));
        }
    }
}

/// <summary>A manifest is not what its name says.</summary>
internal sealed class ManifestFaultException(string message) : Exception(message);
