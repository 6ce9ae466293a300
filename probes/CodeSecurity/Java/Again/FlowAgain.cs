namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// A tree that was gone over before and in which only bodies of methods changed since: what does not hang on them is taken over, and the rest gone over as ever.
/// What comes out is what would come out if all were. Whatever else changed, the whole tree is gone over, and written down anew.
/// </summary>
/// <param name="file">Where it is written down; null for nowhere.</param>
/// <param name="shapes">Files of the tree.</param>
internal sealed class FlowAgain(SealedFile? file, IReadOnlyDictionary<string, FileShape> shapes)
{
    /// <summary>Bodies that may be others before the tree is gone over and written down anew.</summary>
    private const int MostChanged = 400;

    /// <summary>For who measures: what was taken over, and what was not; null where the tree was gone over.</summary>
    public (int Taken, int Anew)? Counts { get; private set; }

    /// <summary>For who measures: why nothing was taken over; null where it was.</summary>
    public string? Why { get; private set; }

    /// <param name="program">Makes the tree; each is used once.</param>
    /// <param name="run">Goes over it.</param>
    public FlowResult Run(Func<JavaProgram> program, Func<JavaProgram, FlowMemory, FlowResult> run)
    {
        if (file is null)
        {
            return run(program(), FlowMemory.None);
        }

        Why = "no record";
        if (file.Read() is { } bytes && FlowRecord.Read(bytes) is { } record && Changed(record) is { } changed)
        {
            try
            {
                var player = new FlowPlayer(record, changed);
                var result = run(program(), new FlowMemory(null, player));
                (Counts, Why) = (player.Counts, null);
                return result;
            }
            catch (Exception because) when (because is FlowChangedException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or InvalidCastException or NullReferenceException or KeyNotFoundException or OverflowException)
            {
                // The tree is gone over as if there were no record, also where one says what none can.
                Why = because.Message;
            }
        }

        var recorder = new FlowRecorder();
        var anew = run(program(), new FlowMemory(recorder, null));
        if (!recorder.IsFull && !anew.Cut.Any(c => c.Why == SummaryBook.TimeIsUp))
        {
            file.Write(FlowRecord.Write(recorder, shapes));
        }

        return anew;
    }

    private Dictionary<string, ChangedFile>? Changed(FlowRecord record)
    {
        if (record.Files.Count != shapes.Count)
        {
            return null;
        }

        var (changed, count) = (new Dictionary<string, ChangedFile>(StringComparer.Ordinal), 0);
        foreach (var (path, now) in shapes)
        {
            if (!record.Files.TryGetValue(path, out var before))
            {
                Why = "another tree";
                return null;
            }

            if (now.Rest == before.Rest && now.Bodies.AsSpan().SequenceEqual(before.Bodies))
            {
                continue;
            }

            if (ChangedFile.Of(before, now) is not { } one)
            {
                Why = $"{(before.IsOdd || now.IsOdd ? "odd" : "more than bodies")} in {path}";
                return null;
            }

            changed[path] = one;
            count += now.Bodies.Zip(before.Bodies).Count(b => b.First != b.Second);
        }

        return count <= MostChanged ? changed : null;
    }
}
