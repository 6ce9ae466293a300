namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Feeds one worker's lanes with files; a file that fails is recorded and its lane takes the next.</summary>
internal sealed class FileMessages(FileHashingRun run, int lanes, Func<int> takeNext, long largeFileBytes) : ILaneMessages, IDisposable
{
    private readonly SourceFile?[] _files = new SourceFile?[lanes];
    private readonly int[] _indexes = new int[lanes];

    public bool TryBegin(int lane)
    {
        while (takeNext() is var index and >= 0)
        {
            try
            {
                var file = SourceFile.Open(run.PathOf(index));
                if (file.Length < largeFileBytes)
                {
                    _files[lane] = file;
                    _indexes[lane] = index;
                    return true;
                }

                file.Dispose();
                run.PutAside(index);
            }
            catch (SourceFileException e)
            {
                run.Fail(index, e.Message);
            }
        }

        return false;
    }

    public int Read(int lane, Span<byte> destination, out bool ended)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        try
        {
            return _files[lane]!.Read(destination, out ended);
        }
        catch (SourceFileException e)
        {
            run.Fail(_indexes[lane], e.Message);
            Close(lane);
            ended = true;
            return -1;
        }
    }

    public void Complete(int lane, LaneCompressor compressor)
    {
        run.Succeed(_indexes[lane], _files[lane]!.Length, compressor.Sha256Digest(lane), compressor.Sm3Digest(lane));
        Close(lane);
    }

    public void Dispose()
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            Close(lane);
        }
    }

    private void Close(int lane)
    {
        _files[lane]?.Dispose();
        _files[lane] = null;
    }
}
