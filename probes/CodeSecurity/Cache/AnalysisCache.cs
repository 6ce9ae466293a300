using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The C# analysis of an earlier run over the same tree: taken over where every byte of the tree that it read, the engines, the settings and the build are the same, and the framework's libraries by place, length and time. What was cut by time is not kept.</summary>
internal sealed class AnalysisCache
{
    private readonly CacheFile _file;

    private AnalysisCache(CacheFile file) => _file = file;

    /// <param name="folder">Null for no cache.</param>
    /// <param name="root">Of the tree, full.</param>
    /// <param name="source">All of its files that are read.</param>
    /// <param name="libraries">Bytes of a library of the tree; null where it cannot be read.</param>
    /// <param name="settings">How far it goes, and where the engines lie.</param>
    /// <param name="tables">What the numbers of the engines mean.</param>
    /// <param name="references">The framework's types.</param>
    public static AnalysisCache? Open(string? folder, string root, CSharpSource source, Func<string, byte[]?> libraries, AnalysisSettings settings, IReadOnlyList<EngineRuleTable> tables, ReferenceAssemblySet references)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return null;
        }

        var key = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"csharp 1\n{CacheFile.Build}\n{references.Origin}\n{source.IsWhole} {source.HasWebConfig}\n{settings with { CacheFolder = null, EngineFolder = "" }}\n"));
        void Add(string name, ReadOnlySpan<byte> bytes) => key.Append(name.Length).Append(' ').Append(name).Append(' ').Append(Convert.ToHexStringLower(Sm3.HashData(bytes))).Append('\n');
        foreach (var table in tables)
        {
            key.Append(table.File.Sha256).Append('\n');
        }

        foreach (var file in references.References.Select(r => r.Display).OfType<string>().Select(f => new FileInfo(f)))
        {
            key.Append(CultureInfo.InvariantCulture, $"{file.FullName.Length} {file.FullName} {(file.Exists ? file.Length : -1)} {(file.Exists ? file.LastWriteTimeUtc.Ticks : 0)}\n");
        }

        foreach (var engine in Engines(settings.EngineFolder))
        {
            Add(Path.GetRelativePath(settings.EngineFolder, engine), RegularFile.Read(engine, int.MaxValue / 2));
        }

        foreach (var (path, text) in source.Sources)
        {
            Add(path, MemoryMarshal.AsBytes(text.AsSpan()));
        }

        foreach (var (path, bytes) in source.ProjectFiles)
        {
            Add(path, bytes);
        }

        foreach (var path in source.Libraries)
        {
            Add(path, libraries(path) ?? []);
        }

        foreach (var unread in source.Unread)
        {
            Add(unread.File, Encoding.UTF8.GetBytes(unread.Why));
        }

        return new AnalysisCache(new CacheFile(folder, CacheFile.NameOf("csharp", root), Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(key.ToString())))));
    }

    public CSharpAnalysis? Find() => _file.Read<CSharpAnalysis>() is { } known && IsSteady(known) ? known : null;

    public void Keep(CSharpAnalysis analysis)
    {
        if (IsSteady(analysis))
        {
            _file.Write(analysis);
        }
    }

    /// <summary>It would come out the same again: nothing hung on time, and no engine failed. Files that nobody reads stay unread.</summary>
    private static bool IsSteady(CSharpAnalysis analysis) => analysis.Projects.All(p => p.CutBecause is null) && analysis.Engines.All(e => e is { HasRun: true, Crashes: 0 });

    private static IEnumerable<string> Engines(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [];
}
