using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Whatever changes in a sealed pack, verification names it.</summary>
public sealed class ChangedPackTests : IDisposable
{
    private readonly SealedPack _pack = new();

    public void Dispose() => _pack.Dispose();

    [Fact]
    public void A_sealed_pack_is_intact_and_says_whether_the_signer_was_named()
    {
        var intact = Assert.IsType<PackIntact>(_pack.Verify());
        Assert.True(intact.Manifest.Signer.IsPackLocal);
        Assert.False(intact.SignerWasNamed);
        Assert.Equal(_pack.Files.Where(f => !PackLayout.IsSeal(f)), intact.Manifest.Files.Select(f => f.Path));

        using var key = Sm2PrivateKey.Generate();
        using var signed = new SealedPack(key);
        intact = Assert.IsType<PackIntact>(signed.Verify(key.PublicKey));
        Assert.True(intact.SignerWasNamed);
        Assert.False(intact.Manifest.Signer.IsPackLocal);
    }

    [Fact]
    public void One_changed_byte_of_any_file_is_named_wherever_it_lies()
    {
        foreach (var file in _pack.Files.Where(f => !PackLayout.IsSeal(f) && new FileInfo(_pack.File(f)).Length > 0))
        {
            var right = File.ReadAllBytes(_pack.File(file));
            foreach (var at in new[] { 0, 1, right.Length / 3, right.Length / 2, right.Length - 2, right.Length - 1 }.Where(i => i >= 0 && i < right.Length).Distinct())
            {
                WithChange(file, right, at, 0x01);
                WithChange(file, right, at, 0x80);
            }
        }

        Assert.IsType<PackIntact>(_pack.Verify());
    }

    [Theory]
    [InlineData(PackLayout.Manifest)]
    [InlineData(PackLayout.ManifestSm3)]
    [InlineData(PackLayout.ManifestSignature)]
    public void One_changed_byte_anywhere_in_the_seal_is_named(string file)
    {
        var right = File.ReadAllBytes(_pack.File(file));
        for (var at = 0; at < right.Length; at++)
        {
            WithChange(file, right, at, (byte)(at % 2 == 0 ? 0x20 : 0x01));
        }

        WithBytes(file, [.. right, (byte)'\n']);
        WithBytes(file, [.. right, (byte)' ']);
        WithBytes(file, [.. right, 0]);
        WithBytes(file, right[..^1]);
        WithBytes(file, [.. "\uFEFF"u8, .. right]);
        WithBytes(file, [.. right[..^1], (byte)'\r', (byte)'\n']);
        WithBytes(file, []);
        Assert.IsType<PackIntact>(_pack.Verify());
    }

    [Fact]
    public void A_file_deleted_added_renamed_emptied_cut_or_grown_is_named()
    {
        foreach (var file in _pack.Files.Where(f => !PackLayout.IsSeal(f)))
        {
            var right = File.ReadAllBytes(_pack.File(file));
            File.Delete(_pack.File(file));
            Names(file);
            WithBytes(file, [.. right, 0]);
            if (right.Length > 0)
            {
                WithBytes(file, []);
                WithBytes(file, right[..^1]);
            }
        }

        foreach (var extra in new[] { "a.txt", ".hidden", "evidence/zzz", "manifest.json.bak", "中文.txt", "evidence/new/deep/er.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_pack.File(extra))!);
            File.WriteAllText(_pack.File(extra), "");
            Names(extra);
            File.Delete(_pack.File(extra));
        }

        Directory.Delete(_pack.File("evidence/new"), recursive: true);

        File.Move(_pack.File("report.html"), _pack.File("Report.html"));
        Names("Report.html");
        File.Move(_pack.File("Report.html"), _pack.File("report.html"));
        Assert.IsType<PackIntact>(_pack.Verify());
    }

    [Fact]
    public void A_missing_part_of_the_seal_is_no_finished_pack()
    {
        foreach (var part in new[] { PackLayout.Manifest, PackLayout.ManifestSm3, PackLayout.ManifestSignature })
        {
            var right = File.ReadAllBytes(_pack.File(part));
            File.Delete(_pack.File(part));
            Assert.Contains(part, Assert.IsType<PackUnfinished>(_pack.Verify()).Message, StringComparison.Ordinal);
            File.WriteAllBytes(_pack.File(part), right);
        }

        Assert.IsType<PackUnfinished>(PackVerification.Verify(_pack.File("nowhere")));
    }

    [Fact]
    public void The_mark_of_an_unfinished_pack_outweighs_a_good_seal()
    {
        File.WriteAllText(_pack.File(PackLayout.Unfinished), "");
        Assert.IsType<PackUnfinished>(_pack.Verify());
    }

    [SkippableFact]
    public async Task Links_and_pipes_in_place_of_files_are_named_and_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        foreach (var file in _pack.Files)
        {
            var right = File.ReadAllBytes(_pack.File(file));
            var aside = Path.Combine(Path.GetTempPath(), $"securitycheck-aside-{Environment.ProcessId}");
            File.Move(_pack.File(file), aside, overwrite: true);
            File.CreateSymbolicLink(_pack.File(file), aside);
            Assert.Equal(file, await NamedAsync());
            File.Delete(_pack.File(file));

            await OddFiles.PipeAsync(_pack.File(file));
            Assert.Equal(file, await NamedAsync());
            File.Delete(_pack.File(file));
            File.Delete(aside);
            await File.WriteAllBytesAsync(_pack.File(file), right);
        }

        Directory.CreateSymbolicLink(_pack.File("evidence/up"), _pack.Path);
        Assert.Equal("evidence/up", await NamedAsync());
    }

    [SkippableFact]
    public async Task What_was_added_and_is_no_file_is_named()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        Directory.CreateDirectory(_pack.File("evidence/a/b"));
        Assert.Equal("evidence/a/b", await NamedAsync());
        Directory.Delete(_pack.File("evidence/a"), recursive: true);
        await OddFiles.PipeAsync(_pack.File("evidence/pipe"));
        Assert.Equal("evidence/pipe", await NamedAsync());
        File.Delete(_pack.File("evidence/pipe"));
        File.CreateSymbolicLink(_pack.File("evidence/dangling"), "nowhere");
        Assert.Equal("evidence/dangling", await NamedAsync());
        File.Delete(_pack.File("evidence/dangling"));
        File.CreateSymbolicLink(_pack.File("evidence/again.bin"), "large.bin");
        Assert.Equal("evidence/again.bin", await NamedAsync());
        File.Delete(_pack.File("evidence/again.bin"));
        File.Delete(_pack.File("evidence/large.bin"));
        Directory.CreateDirectory(_pack.File("evidence/large.bin"));
        Assert.Equal("evidence/large.bin", await NamedAsync());
        Directory.Delete(_pack.File("evidence/large.bin"));
        Assert.Equal("evidence/large.bin", await NamedAsync());
    }

    [Fact]
    public void A_pack_sealed_anew_by_somebody_else_is_noticed_where_the_signer_is_named()
    {
        using var right = Sm2PrivateKey.Generate();
        using var wrong = Sm2PrivateKey.Generate();
        using var forged = new SealedPack(wrong);
        Assert.IsType<PackIntact>(forged.Verify());
        var differs = Assert.IsType<PackDiffers>(forged.Verify(right.PublicKey));
        Assert.Equal(PackLayout.ManifestSignature, differs.Path);
        Assert.Contains(wrong.PublicKey.Fingerprint, differs.Message, StringComparison.Ordinal);
        Assert.IsType<PackDiffers>(_pack.Verify(right.PublicKey));
    }

    [Fact]
    public void The_seal_of_one_pack_does_not_fit_another()
    {
        using var other = new SealedPack();
        foreach (var part in new[] { PackLayout.Manifest, PackLayout.ManifestSm3, PackLayout.ManifestSignature })
        {
            var right = File.ReadAllBytes(_pack.File(part));
            File.Copy(other.File(part), _pack.File(part), overwrite: true);
            Assert.IsType<PackDiffers>(_pack.Verify());
            File.WriteAllBytes(_pack.File(part), right);
        }
    }

    [Fact]
    public void An_interrupted_run_is_sealed_as_one()
    {
        using var cancelled = new SealedPack(completion: Completion.Cancelled);
        Assert.Equal(Completion.Cancelled, Assert.IsType<PackIntact>(cancelled.Verify()).Manifest.Completion);
    }

    private void WithChange(string file, byte[] right, int at, byte bits)
    {
        var wrong = right.ToArray();
        wrong[at] ^= bits;
        File.WriteAllBytes(_pack.File(file), wrong);
        var differs = _pack.Verify() as PackDiffers;
        Assert.True(differs?.Path == file, $"{file} 第 {at} 字节 ^{bits:x2}: {differs?.Path ?? "intact"}");
        File.WriteAllBytes(_pack.File(file), right);
    }

    private void WithBytes(string file, byte[] wrong)
    {
        var right = File.Exists(_pack.File(file)) ? File.ReadAllBytes(_pack.File(file)) : null;
        File.WriteAllBytes(_pack.File(file), wrong);
        Names(file);
        File.WriteAllBytes(_pack.File(file), right ?? wrong[..^1]);
    }

    private void Names(string file) => Assert.Equal(file, Assert.IsType<PackDiffers>(_pack.Verify()).Path);

    private async Task<string> NamedAsync() => await _pack.VerifyInTimeAsync() switch
    {
        PackDiffers differs => differs.Path,
        PackUnfinished unfinished => Array.Find([PackLayout.Manifest, PackLayout.ManifestSm3, PackLayout.ManifestSignature], p => unfinished.Message.Contains(p, StringComparison.Ordinal)) ?? unfinished.Message,
        _ => "intact",
    };
}
