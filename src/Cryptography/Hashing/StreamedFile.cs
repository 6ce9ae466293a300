using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Hashes one large file by itself: the platform's SHA-256 on one thread and SM3 on another, over the same buffer.</summary>
internal static class StreamedFile
{
    private const int BufferBytes = 1024 * 1024;

    public static byte[] NewBuffer() => new byte[BufferBytes];

    /// <summary>Hashes files one after the other until none is left.</summary>
    public static void HashAll(FileHashingRun run, Func<int> takeNext)
    {
        var buffer = NewBuffer();
        while (takeNext() is var index and >= 0)
        {
            Hash(run, index, buffer, inParallel: false);
        }
    }

    /// <summary>Hashes one file.</summary>
    /// <param name="run">Receives the result.</param>
    /// <param name="index">Which file.</param>
    /// <param name="buffer">Working space.</param>
    /// <param name="inParallel">False keeps to the calling thread.</param>
    public static void Hash(FileHashingRun run, int index, byte[] buffer, bool inParallel)
    {
        try
        {
            using var file = SourceFile.Open(run.PathOf(index));
            using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var sm3 = new Sm3();
            var ended = false;
            while (!ended)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                var read = file.Read(buffer, out ended);
                Absorb(buffer.AsMemory(0, read), sha256, sm3, inParallel);
            }

            run.Succeed(index, file.Length, sha256.GetHashAndReset(), sm3.GetHashAndReset());
        }
        catch (SourceFileException e)
        {
            run.Fail(index, e.Message);
        }
    }

    private static void Absorb(ReadOnlyMemory<byte> data, IncrementalHash sha256, Sm3 sm3, bool inParallel)
    {
        if (inParallel)
        {
            Parallel.Invoke(() => sha256.AppendData(data.Span), () => sm3.Append(data.Span));
        }
        else
        {
            sha256.AppendData(data.Span);
            sm3.Append(data.Span);
        }
    }
}
