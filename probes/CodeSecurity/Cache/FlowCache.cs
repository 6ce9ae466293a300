using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The Java analysis of an earlier run over the same tree: taken over where every text it read, the tables and the build are the same. What was cut by time is not kept.</summary>
internal static class FlowCache
{
    /// <param name="folder">Null for no cache.</param>
    /// <param name="root">Of the tree, full.</param>
    /// <param name="sources">Everything that is read of it.</param>
    /// <param name="tables">Weaknesses and libraries.</param>
    /// <param name="settings">Weaknesses of configuration.</param>
    /// <param name="project">What the project declares.</param>
    public static CacheFile? Open(string? folder, string root, JavaSources sources, IReadOnlyList<FlowTable> tables, IReadOnlyList<SettingTable> settings, ProjectFlows project)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return null;
        }

        var key = KeyOf("java 6", sources, tables, settings, project, sources.Java.Select(j => (j.Key, Digest(j.Value))));
        return new CacheFile(folder, CacheFile.NameOf("java", root), Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(key))));
    }

    /// <summary>What was written down of an earlier run over the tree, of which bodies of methods may be others since.</summary>
    /// <param name="shapes">Of its files.</param>
    public static SealedFile? OpenRecord(string? folder, string root, JavaSources sources, IReadOnlyList<FlowTable> tables, IReadOnlyList<SettingTable> settings, ProjectFlows project, IReadOnlyDictionary<string, FileShape> shapes) =>
        folder is null || !AesGcm.IsSupported || !Directory.Exists(folder) ? null : new SealedFile(
            folder, CacheFile.NameOf("flows", root), KeyOf("java record 2", sources, tables, settings, project, shapes.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value.Rest.ToString("x32", CultureInfo.InvariantCulture)))));

    private static string KeyOf(string kind, JavaSources sources, IReadOnlyList<FlowTable> tables, IReadOnlyList<SettingTable> settings, ProjectFlows project, IEnumerable<(string Name, string Digest)> java)
    {
        var key = new StringBuilder(kind).Append('\n').Append(CacheFile.Build).Append('\n').Append(sources.IsWhole).Append(' ').Append(sources.OfUnitTests).Append('\n');
        void Said(string name, string digest) => key.Append(name.Length).Append(' ').Append(name).Append(' ').Append(digest).Append('\n');
        void Add(string name, string text) => Said(name, Digest(text));
        if (!project.IsEmpty)
        {
            Add("flows", System.Text.Json.JsonSerializer.Serialize(project, ObservationJson.Compact));
        }

        foreach (var file in tables.Select(t => t.File).Concat(settings.Select(s => s.File)))
        {
            key.Append(file.Sha256).Append('\n');
        }

        foreach (var (name, digest) in java)
        {
            Said(name, digest);
        }

        foreach (var (name, text) in sources.Markup.Concat(sources.Settings).Concat(sources.Pages).Concat(sources.Registrations).Concat(sources.Properties.OrderBy(p => p.Key, StringComparer.Ordinal)))
        {
            Add(name, text);
        }

        foreach (var manifest in sources.Manifests)
        {
            Add(manifest.Path, manifest.Text);
        }

        foreach (var jar in sources.Jars)
        {
            Add("jar", jar);
        }

        foreach (var file in sources.Unread.Concat(sources.Others).Concat(sources.UnreadSettings))
        {
            Add(file.File, file.Why);
        }

        return key.ToString();
    }

    private static string Digest(string text) => Convert.ToHexStringLower(Sm3.HashData(MemoryMarshal.AsBytes(text.AsSpan())));
}
