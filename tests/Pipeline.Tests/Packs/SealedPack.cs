using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A small sealed pack: text, binary, an empty file, one of several blocks, and folders in folders.</summary>
internal sealed class SealedPack : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SealedPack(Sm2PrivateKey? key = null, Completion completion = Completion.Complete)
    {
        var pack = PackFolder.Create(_folder.File("pack"));
        Path = pack.Path;
        pack.WriteText("candidate.yaml", "candidate: demo\n");
        pack.WriteText("judgement.json", "{}\n");
        pack.WriteText("report.html", "<!doctype html><title>报告</title>\n");
        pack.WriteText("observations/tls.protocol-versions/endpoint-portal.json", "{\"tls12\": true}\n");
        pack.WriteBytes("evidence/tls.protocol-versions/endpoint-portal/transcript.json", new SeededBytes(1).Take(3000));
        pack.WriteBytes("evidence/large.bin", new SeededBytes(2).Take(150_000));
        pack.WriteBytes("evidence/one.bin", [7]);
        pack.WriteBytes("evidence/empty.bin", []);
        Manifest = PackSeal.Seal(pack, ("demo", Runs.Information(completion)), key, Runs.Now);
    }

    public string Path { get; }

    public PackManifest Manifest { get; }

    /// <summary>Every file, the seal included.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(Path, f)).Order(StringComparer.Ordinal)];

    public string File(string relative) => System.IO.Path.Combine(Path, relative);

    public PackVerdict Verify(Sm2PublicKey? signer = null) => PackVerification.Verify(Path, signer);

    /// <summary>The verdict, or a failed test where it takes longer than thirty seconds.</summary>
    public async Task<PackVerdict> VerifyInTimeAsync() => await Task.Run(() => Verify()).WaitAsync(TimeSpan.FromSeconds(30));

    public void Dispose() => _folder.Dispose();
}
