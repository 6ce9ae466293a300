using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A manifest is a stranger's file, even where its signature is right.</summary>
public sealed class HostileManifestTests : IDisposable
{
    private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();
    private readonly SealedPack _pack;

    public HostileManifestTests() => _pack = new SealedPack(_key);

    public void Dispose()
    {
        _pack.Dispose();
        _key.Dispose();
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("evidence/../../outside.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("./report.html")]
    [InlineData("evidence//one.bin")]
    [InlineData("evidence/")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("C:\\Windows\\win.ini")]
    [InlineData("..\\outside.txt")]
    [InlineData("C:/Windows/win.ini")]
    [InlineData("manifest.json")]
    [InlineData("manifest.sig")]
    [InlineData("report.html")]
    [InlineData("a\0b")]
    public async Task A_signed_manifest_with_a_path_that_leaves_the_pack_or_comes_twice_is_refused(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(_pack.Path)!, "outside.txt"), "x");
        Sign(m => m["files"]!.AsArray().Add(JsonSerializer.SerializeToNode(new PackedFile(path, 1, new string('0', 64), new string('0', 64)), ObservationJson.Options)));
        var differs = Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync());
        Assert.Equal(path == "a\0b" ? path : PackLayout.Manifest, differs.Path);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("1")]
    [InlineData("\"x\"")]
    [InlineData("{\"files\":[null]}")]
    public async Task A_manifest_that_is_something_else_is_refused(string json)
    {
        Sign(Encoding.UTF8.GetBytes(json));
        Assert.Equal(PackLayout.Manifest, Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync()).Path);
    }

    [Fact]
    public async Task Every_member_set_to_a_wrong_type_is_refused_or_seen_as_a_difference()
    {
        var original = JsonNode.Parse(await File.ReadAllTextAsync(_pack.File(PackLayout.Manifest)))!.AsObject();
        foreach (var name in original.Select(p => p.Key))
        {
            foreach (var wrong in new[] { "null", "[]", "{}", "[null]", "-1", "1e99", "\"\"", "true" })
            {
                Sign(m => m[name] = JsonNode.Parse(wrong));
                var verdict = await _pack.VerifyInTimeAsync();
                Assert.True(verdict is PackDiffers || (verdict is PackIntact && name is "toolVersion" or "candidateId" && wrong == "\"\""), $"{name} = {wrong}: {verdict}");
            }
        }

        foreach (var name in new[] { "publicKey", "fingerprint" })
        {
            Sign(m => m["signer"]!.AsObject().Remove(name));
            Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync());
        }

        foreach (var name in new[] { "path", "bytes", "sha256", "sm3" })
        {
            Sign(m => m["files"]![0]!.AsObject().Remove(name));
            Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync());
            foreach (var wrong in new[] { "null", "[]", "-1", "1e99", "\"\"", "true" })
            {
                Sign(m => m["files"]![0]![name] = JsonNode.Parse(wrong));
                Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync());
            }
        }
    }

    [Fact]
    public async Task Deep_and_huge_manifests_end_in_time()
    {
        Sign(Encoding.UTF8.GetBytes(new string('[', 5_000_000)));
        Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync());
        Sign(Encoding.UTF8.GetBytes("{\"a\":" + new string(' ', 8_000_000)));
        Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync());
        Sign(m =>
        {
            var files = m["files"]!.AsArray();
            for (var i = 0; i < 100_000; i++)
            {
                files.Add(JsonSerializer.SerializeToNode(new PackedFile($"evidence/no/{i}", 1, "", ""), ObservationJson.Options));
            }
        });
        Assert.Equal("evidence/no/0", Assert.IsType<PackDiffers>(await _pack.VerifyInTimeAsync()).Path);
    }

    [Fact]
    public async Task Changed_manifests_throw_nothing_and_are_never_intact()
    {
        var random = new SeededBytes(99);
        var original = await File.ReadAllBytesAsync(_pack.File(PackLayout.Manifest));
        for (var i = 0; i < 700; i++)
        {
            var mutant = random.Mutate(original);
            if (mutant.AsSpan().SequenceEqual(original))
            {
                continue;
            }

            await File.WriteAllBytesAsync(_pack.File(PackLayout.Manifest), mutant);
            if (i % 2 == 0)
            {
                await File.WriteAllTextAsync(_pack.File(PackLayout.ManifestSm3), PackSealSm3(mutant));
            }

            Assert.IsNotType<PackIntact>(_pack.Verify());
        }
    }

    private static string PackSealSm3(byte[] manifest) => $"{Convert.ToHexStringLower(Sm3.HashData(manifest))}  {PackLayout.Manifest}\n";

    private void Sign(Action<JsonObject> change)
    {
        using var good = new SealedPack(_key);
        var manifest = JsonNode.Parse(File.ReadAllText(good.File(PackLayout.Manifest)))!.AsObject();
        change(manifest);
        Sign(Encoding.UTF8.GetBytes(manifest.ToJsonString()));
    }

    private void Sign(byte[] manifest)
    {
        File.WriteAllBytes(_pack.File(PackLayout.Manifest), manifest);
        File.WriteAllText(_pack.File(PackLayout.ManifestSm3), PackSealSm3(manifest));
        File.WriteAllText(_pack.File(PackLayout.ManifestSignature), Convert.ToBase64String(_key.Sign(manifest, Sm2.DefaultUserId.Span)) + "\n");
    }
}
