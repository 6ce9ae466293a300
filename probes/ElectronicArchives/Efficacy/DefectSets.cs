using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Writes clean batches and batches with one defect each, in an order that tells nothing, for a system's own detection to look at.</summary>
public static class DefectSets
{
    private static readonly (string Title, Func<DraftBatch> Draft)[] Clean =
    [
        ("三个包", () => SampleBatch.Of(3)),
        ("一个包", () => SampleBatch.Of(1, first: 21)),
        ("六个包", () => SampleBatch.Of(6, first: 31)),
        ("文件名为 GBK 编码", () => SampleBatch.Of(3, first: 41, gbk: true)),
        ("跨到下一百的流水号", () => SampleBatch.Of(3, first: 99)),
        ("另外三个包", () => SampleBatch.Of(3, first: 201)),
        ("两个包", () => SampleBatch.Of(2, first: 301)),
    ];

    /// <param name="folder">Must be empty or not be there.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="today">For the key.</param>
    /// <param name="stop">Between two batches.</param>
    /// <returns>What was planted where.</returns>
    /// <exception cref="IOException">The folder holds something, or cannot be written.</exception>
    public static EfficacyKey Write(string folder, string seed, DateOnly today, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"目录不空：{folder}");
        }

        var sets = new List<EfficacySet>();
        foreach (var planned in Planned().OrderBy(p => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{p.Defect?.Id}\n{p.Title}"))), StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            var name = EfficacySet.NameOf(sets.Count + 1);
            var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            var draft = planned.Draft();
            planned.Defect?.Plant(draft);
            DraftWriter.Write(draft, own);
            sets.Add(new EfficacySet(name, planned.Defect?.Id, planned.Title, planned.Defect?.Item, planned.Defect?.Companions ?? [], DigestOf(own)));
        }

        return new EfficacyKey { Format = EfficacyKey.FormatName, WrittenOn = today, Profile = "p-zwfw", Seed = seed, Sets = sets };
    }

    /// <summary>Of all files below a folder: SM3 over names and digests, in ordinal order.</summary>
    public static string DigestOf(string folder)
    {
        var sum = new Sm3();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            sum.Append(Encoding.UTF8.GetBytes($"{file}\n{Convert.ToHexStringLower(Sm3.HashData(File.ReadAllBytes(Path.Combine(folder, file))))}\n"));
        }

        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }

    private static IEnumerable<(PackageDefect? Defect, string Title, Func<DraftBatch> Draft)> Planned() =>
    [
        .. Clean.Select(c => (default(PackageDefect), c.Title, c.Draft)),
        .. PackageDefects.All.Where(d => !d.IsRemark).Select(d => (d, d.Title, new Func<DraftBatch>(() => SampleBatch.Of(3)))),
    ];
}
