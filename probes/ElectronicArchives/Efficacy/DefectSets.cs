using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

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
    public static EfficacyKey Write(string folder, string seed, DateOnly today, CancellationToken stop) => Write(folder, seed, today, "p-zwfw", Planned(), stop);

    private static EfficacyKey Write(string folder, string seed, DateOnly today, string profile, IEnumerable<(PackageDefect? Defect, string Title, Func<DraftBatch> Draft)> all, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"目录不空：{folder}");
        }

        var sets = new List<EfficacySet>();
        foreach (var planned in all.OrderBy(p => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{p.Defect?.Id}\n{p.Title}"))), StringComparer.Ordinal))
        {
            stop.ThrowIfCancellationRequested();
            var name = EfficacySet.NameOf(sets.Count + 1);
            var own = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
            var draft = planned.Draft();
            planned.Defect?.Plant(draft);
            DraftWriter.Write(draft, own);
            sets.Add(new EfficacySet(name, planned.Defect?.Id, planned.Title, planned.Defect?.Item, planned.Defect?.Companions ?? [], DigestOf(own)));
        }

        return new EfficacyKey { Format = EfficacyKey.FormatName, WrittenOn = today, Profile = profile, Seed = seed, Sets = sets };
    }

    /// <summary>
    /// The same in the candidate's own profile. Each batch is looked at by our own checks before it counts: a clean one that is flagged means the profile asks for what
    /// samples cannot say; a defect that is not seen for its item means nothing in this profile, and is left out.
    /// </summary>
    /// <param name="folder">Must be empty or not be there.</param>
    /// <param name="seed">Decides the order.</param>
    /// <param name="today">For the key.</param>
    /// <param name="profile">Of form files.</param>
    /// <param name="scheme">Null where items over values are left open.</param>
    /// <param name="stop">Between two batches.</param>
    /// <returns>What was planted where, and the defects that mean nothing in this profile.</returns>
    /// <exception cref="IOException">The folder holds something, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">No sample of this profile is clean.</exception>
    public static (EfficacyKey Key, IReadOnlyList<string> LeftOut) Write(string folder, string seed, DateOnly today, PackageProfile profile, MetadataScheme? scheme, CancellationToken stop)
    {
        if (profile.Form != PackageForm.Files)
        {
            throw new InvalidDataException("样本只能按 form: files 的规范写");
        }

        var dialect = new DraftDialect(profile);
        var leftOut = new List<string>();
        var planned = Planned().ToList();
        var fit = new List<(PackageDefect? Defect, string Title, Func<DraftBatch> Draft)>();
        using var trial = new TrialFolder();
        foreach (var (defect, title, draft) in planned)
        {
            DraftBatch Spoken()
            {
                var batch = draft();
                batch.Dialect = dialect;
                return batch;
            }

            var differing = trial.Look(Spoken(), defect, profile, scheme, today, stop);
            if (defect is null && differing.Count > 0)
            {
                throw new InvalidDataException($"按规范 {profile.File.Id} 写不出干净的样本：“{title}”在 {string.Join("、", differing.Take(5))} 有出入。规范或元数据方案要求的内容超出了样本（政务服务办件）所能写的；可以先用内置的 p-zwfw");
            }

            if (defect is not null && !differing.Any(d => d.StartsWith(defect.Item + " ", StringComparison.Ordinal) || defect.Companions.Any(c => d.StartsWith(c + " ", StringComparison.Ordinal))))
            {
                leftOut.Add(defect.Title);
                continue;
            }

            fit.Add((defect, title, Spoken));
        }

        return (Write(folder, seed, today, profile.File.Id, fit, stop), leftOut);
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
