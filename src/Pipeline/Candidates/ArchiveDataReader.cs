using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Package profiles and metadata schemes that are named by an id of the rules, or brought along as a file of the same shape.</summary>
/// <param name="faults">Added to.</param>
/// <param name="opens">False from a pack, which has taken in what they said.</param>
/// <param name="existing">Path under a key of a mapping, made full; null where it is none.</param>
public sealed class ArchiveDataReader(FaultList faults, bool opens, Func<MappingReader, string, string?> existing)
{
    private const int SizeCap = 4 * 1024 * 1024;

    /// <exception cref="InputFaultException">The file cannot be read or has mistakes.</exception>
    public static PackageProfile ProfileAt(string path) => At(path, (faults, bytes) => new PackageProfileReader(faults).Read(Path.GetFileName(path), bytes));

    /// <exception cref="InputFaultException">The file cannot be read or has mistakes.</exception>
    public static MetadataScheme SchemeAt(string path) => At(path, (faults, bytes) => new MetadataSchemeReader(faults).Read(Path.GetFileName(path), bytes));

    /// <summary>Whether what was written names a file and no id.</summary>
    public static bool IsFile(string text) => text.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || text.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    internal (string? Id, PackageProfile? Own) Profile(MappingReader reader) => Named(reader, "profile", ProfileAt);

    internal (string? Id, MetadataScheme? Own) Scheme(MappingReader reader) => Named(reader, "scheme", SchemeAt);

    private (string? Id, T? Own) Named<T>(MappingReader reader, string key, Func<string, T> read)
        where T : class
    {
        if (reader.Peek(key) is not YamlScalar { IsNull: false, Text: var text } || !IsFile(text))
        {
            return (reader.Text(key, cap: 64)?.ToLowerInvariant(), null);
        }

        if (existing(reader, key) is not { } path || !opens)
        {
            return (null, null);
        }

        try
        {
            return (null, read(path));
        }
        catch (InputFaultException broken)
        {
            faults.Add(broken);
            return (null, null);
        }
    }

    private static T At<T>(string path, Func<FaultList, byte[], T?> read)
        where T : class
    {
        var faults = new FaultList();
        byte[] bytes = [];
        try
        {
            bytes = RegularFile.Read(path, SizeCap);
            if (bytes.Length > SizeCap)
            {
                faults.Add(new SourcePosition(Path.GetFileName(path), 1, 1), "文件过大", "不超过 4 MiB 的 YAML");
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            faults.Add(new SourcePosition(Path.GetFileName(path), 1, 1), "读不了", "可读的 YAML 文件");
        }

        faults.ThrowIfAny();
        var found = read(faults, bytes);
        faults.ThrowIfAny();
        return found!;
    }
}
