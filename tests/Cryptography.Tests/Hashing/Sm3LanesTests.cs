namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm3LanesTests
{
    [SkippableTheory]
    [InlineData(LanePath.Scalar)]
    [InlineData(LanePath.Avx2)]
    [InlineData(LanePath.Avx512)]
    internal void Every_length_up_to_300_agrees_with_the_single_message_code(LanePath path)
    {
        Skip.IfNot(LanePaths.IsSupported(path), $"this processor has no {path}");
        var data = new SeededBytes(1).Take(301);
        RequireAgreement(path, [.. Enumerable.Range(0, 301).Select(length => data.AsMemory(301 - length, length))]);
    }

    [SkippableTheory]
    [InlineData(LanePath.Scalar)]
    [InlineData(LanePath.Avx2)]
    [InlineData(LanePath.Avx512)]
    internal void Messages_of_unequal_length_agree_whatever_their_number(LanePath path)
    {
        Skip.IfNot(LanePaths.IsSupported(path), $"this processor has no {path}");
        var random = new SeededBytes(2);
        for (var count = 0; count <= 40; count++)
        {
            var messages = new List<ReadOnlyMemory<byte>>();
            for (var i = 0; i < count; i++)
            {
                // Now and then one far longer than the buffer of a lane, so that lanes end at different times.
                messages.Add(random.Take(random.Below(random.Below(8) == 0 ? 40_000 : 700)));
            }

            RequireAgreement(path, messages);
        }
    }

    [SkippableTheory]
    [InlineData(LanePath.Avx2)]
    [InlineData(LanePath.Avx512)]
    internal void One_block_of_every_lane_agrees_for_both_functions(LanePath path)
    {
        Skip.IfNot(LanePaths.IsSupported(path), $"this processor has no {path}");
        var random = new SeededBytes(3);
        var vector = LaneCompressor.Create(path, withSha256: true);
        var stride = (5 * 64) + 8;
        var data = random.Take(vector.Lanes * stride);
        var offsets = Enumerable.Range(0, vector.Lanes).Select(i => i * stride).Reverse().ToArray();
        for (var lane = 0; lane < vector.Lanes; lane++)
        {
            vector.Reset(lane);
        }

        vector.Compress(data, offsets, 5);

        for (var lane = 0; lane < vector.Lanes; lane++)
        {
            var reference = LaneCompressor.Create(LanePath.Scalar, withSha256: true);
            reference.Reset(0);
            reference.Compress(data, [offsets[lane]], 5);
            Assert.Equal(reference.Sm3Digest(0), vector.Sm3Digest(lane));
            Assert.Equal(reference.Sha256Digest(0), vector.Sha256Digest(lane));
        }
    }

    [Fact]
    public void The_vector_code_refuses_blocks_outside_the_data()
    {
        var compressor = LaneCompressor.Create(LanePaths.Best, withSha256: true);
        var offsets = new int[compressor.Lanes];
        Assert.ThrowsAny<ArgumentException>(() => compressor.Compress(new byte[64], offsets, 2));
        offsets[^1] = -1;
        Assert.ThrowsAny<ArgumentException>(() => compressor.Compress(new byte[64], offsets, 1));
    }

    private static void RequireAgreement(LanePath path, List<ReadOnlyMemory<byte>> messages)
    {
        var digests = Sm3Lanes.HashData(messages, path);
        Assert.Equal(messages.Count, digests.Length);
        for (var i = 0; i < messages.Count; i++)
        {
            Assert.True(
                Sm3.HashData(messages[i].Span).AsSpan().SequenceEqual(digests[i]),
                $"message {i} of {messages.Count}, {messages[i].Length} bytes");
        }
    }
}
