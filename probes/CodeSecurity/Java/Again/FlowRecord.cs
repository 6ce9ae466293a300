using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A method, a context by number, and where what was recorded of it begins.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct FlowUnitRecord(int Method, int Context, int At);

/// <summary>What was written down when a whole tree was gone over.</summary>
internal sealed record FlowRecord
{
    public required UInt128 Seed { get; init; }

    public required FlowFacts Facts { get; init; }

    /// <summary>By path.</summary>
    public required IReadOnlyDictionary<string, FileShape> Files { get; init; }

    public required string[] Texts { get; init; }

    public required ReadOnlyMemory<byte> Steps { get; init; }

    public required ReadOnlyMemory<byte> Units { get; init; }

    /// <summary>Where contexts of calls begin in what was written.</summary>
    public required int Contexts { get; init; }

    public required ReadOnlyMemory<byte> Written { get; init; }

    public static byte[] Write(FlowRecorder recorder, IReadOnlyDictionary<string, FileShape> files)
    {
        var pen = recorder.Pen;
        var contexts = pen.Length;
        List<CallContext> all = [.. recorder.Contexts];
        pen.Number(all.Count);
        all.ForEach(pen.Context);
        FlowUnitRecord[] units = [.. recorder.Units.Select(u => new FlowUnitRecord(pen.Numbers.Of(u.Method), u.Context, u.At))];
        var stream = new MemoryStream(pen.Length + recorder.Tables.StepBytes.Length + recorder.Tables.TextBytes.Length + (1 << 20));
        using var writer = new BinaryWriter(stream);
        Write(writer, recorder.Seed);
        var facts = recorder.Facts();
        writer.Write(facts.Methods);
        Write(writer, facts.Fixed);
        Write(writer, facts.Scarce);
        Write(writer, facts.Idle, writer.Write);
        Write(writer, facts.Asking, a => writer.Write(a.Asks ? a.Method : ~a.Method));
        writer.Write(files.Count);
        foreach (var (path, shape) in files)
        {
            writer.Write(path);
            Write(writer, shape.Rest);
            writer.Write(shape.IsOdd);
            writer.Write(shape.Starts.Length);
            writer.Write(MemoryMarshal.AsBytes(shape.Starts.AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(shape.Ends.AsSpan()));
            writer.Write(MemoryMarshal.AsBytes(shape.Bodies.AsSpan()));
        }

        writer.Write(contexts);
        writer.Write(recorder.Tables.Texts);
        foreach (var part in (byte[][])[recorder.Tables.TextBytes.ToArray(), recorder.Tables.StepBytes.ToArray(), MemoryMarshal.AsBytes(units.AsSpan()).ToArray(), pen.Written.ToArray()])
        {
            writer.Write(part.Length);
            writer.Write(part);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <returns>Null where it is none.</returns>
    public static FlowRecord? Read(byte[] bytes)
    {
        try
        {
            return new FlowRecordReader(bytes).Read();
        }
        catch (Exception broken) when (broken is FlowChangedException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    private static void Write(BinaryWriter writer, UInt128 number)
    {
        writer.Write((ulong)number);
        writer.Write((ulong)(number >> 64));
    }

    private static void Write<T>(BinaryWriter writer, IReadOnlyList<T> all, Action<T> one)
    {
        writer.Write(all.Count);
        foreach (var each in all)
        {
            one(each);
        }
    }
}
