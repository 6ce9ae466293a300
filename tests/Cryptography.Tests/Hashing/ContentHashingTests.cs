using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Contents hashed side by side have the digests they have alone, in the order given.</summary>
public sealed class ContentHashingTests
{
    [Fact]
    public void Every_path_and_every_length_around_a_block_agrees_with_one_content_alone()
    {
        var bytes = new TestKit.SeededBytes(70).Take(200_000);
        List<ReadOnlyMemory<byte>> contents = [.. Enumerable.Range(0, 140).Select(n => (ReadOnlyMemory<byte>)bytes.AsMemory(n, n)), bytes, .. Enumerable.Range(0, 70).Select(n => (ReadOnlyMemory<byte>)bytes.AsMemory(0, 100_000 + n))];
        foreach (var path in Enum.GetValues<LanePath>().Where(LanePaths.IsSupported))
        {
            var digests = ContentHashing.HashData(contents, path, CancellationToken.None);
            Assert.Equal(contents.Select(c => Convert.ToHexStringLower(Sm3.HashData(c.Span))), digests.Select(d => d.Sm3));
            Assert.Equal(contents.Select(c => Convert.ToHexStringLower(SHA256.HashData(c.Span))), digests.Select(d => d.Sha256));
        }

        Assert.Empty(ContentHashing.HashData([]));
    }

    [Fact]
    public void A_stopped_run_ends() =>
        Assert.Throws<OperationCanceledException>(() => ContentHashing.HashData([new byte[100]], new CancellationToken(canceled: true)));
}
