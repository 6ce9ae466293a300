using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>
/// Cryptographic samples of the sample system, as an owner would hand them in: made anew at each start, in a folder that goes with it.
/// </summary>
internal sealed class DemoSamples : IDisposable
{
    /// <summary>One that passes.</summary>
    private const uint CounterSeed = 1;

    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _yaml = new("cryptoSamples:\n");

    private DemoSamples(DirectoryInfo folder) => _folder = folder;

    /// <summary>The <c>cryptoSamples:</c> of candidate.yaml.</summary>
    public string Yaml => _yaml.ToString();

    /// <summary>What it says for classified protection.</summary>
    public string ProtectionYaml { get; private set; } = "";

    /// <summary>Its <c>sourceTrees:</c>.</summary>
    public string SourceYaml { get; private set; } = "";

    /// <summary>Its papers, and what people said of them.</summary>
    public string PaperYaml { get; private set; } = "";

    /// <param name="variant">Which faults they have.</param>
    /// <param name="system">Its name, as the papers write it.</param>
    /// <param name="clock">Of the papers' days.</param>
    public static DemoSamples Create(DemoVariant variant, string system, TimeProvider clock)
    {
        var samples = new DemoSamples(Directory.CreateTempSubdirectory("securitycheck-demo-"));
        samples.AddRandomness(variant);
        CertificateSamples.Write(samples, variant, clock);
        RecordSamples.Write(samples, variant, clock);
        PasswordSamples.Write(samples, variant);
        samples.SourceYaml = SourceSamples.Write(samples, variant);
        samples.ProtectionYaml = ProtectionSamples.Write(samples, variant, clock);
        samples.PaperYaml = PaperSamples.Write(samples, variant, system, clock);
        return samples;
    }

    /// <summary>Makes a folder in the folder and gives its full path.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;

    /// <summary>Writes a file of the folder and gives its full path.</summary>
    public string File(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        if (!OperatingSystem.IsWindows() && name.EndsWith(".key", StringComparison.Ordinal))
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    public string File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A table with a header, values without commas or quotes.</summary>
    public string Table(string name, IEnumerable<IEnumerable<string>> rows) =>
        File(name, string.Concat(rows.Select(r => string.Join(',', r) + "\n")));

    /// <summary>Lists a sample in candidate.yaml.</summary>
    public void List(string id, string title, string kind, string name, params IEnumerable<(string Name, string Value)> settings)
    {
        _yaml.Append(CultureInfo.InvariantCulture, $"- id: {id}\n  title: {title}\n  sampleKind: {kind}\n  path: {Quoted(Path.Combine(_folder.FullName, name))}\n");
        var listed = settings.ToList();
        if (listed.Count > 0)
        {
            _yaml.Append("  settings:\n").AppendJoin("", listed.Select(s => $"    {s.Name}: {Quoted(s.Value)}\n"));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Twenty samples of 20,000 bits: what the standard asks of a periodic test.</summary>
    private void AddRandomness(DemoVariant variant)
    {
        const int size = 20 * 20_000 / 8;
        var bytes = variant == DemoVariant.WellRun ? HashedCounter(size) : LowBits(size);
        File("random.bin", bytes);
        List("random-bits", "随机数样本", "random", "random.bin", ("stage", "periodic"));
    }

    /// <summary>
    /// SM3 over a seed and a counter. A demonstration must not meet the false alarm that three of ten good generators meet in a single
    /// round, so the bits are the same each time.
    /// </summary>
    private static byte[] HashedCounter(int size)
    {
        var bytes = new byte[size];
        Span<byte> block = stackalloc byte[8];
        Span<byte> digest = stackalloc byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(block, CounterSeed);
        for (var (at, i) = (0, 0u); at < size; at += digest.Length, i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(block[4..], i);
            Sm3.HashData(block, digest);
            digest[..Math.Min(digest.Length, size - at)].CopyTo(bytes.AsSpan(at));
        }

        return bytes;
    }

    /// <summary>The low byte of a linear congruential generator, as hand-written code takes it.</summary>
    private static byte[] LowBits(int size)
    {
        var state = 20250901u;
        var bytes = new byte[size];
        for (var i = 0; i < size; i++)
        {
            state = unchecked((state * 1103515245) + 12345);
            bytes[i] = (byte)state;
        }

        return bytes;
    }

    internal static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
