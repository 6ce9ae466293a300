using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads a record; everything is counted before it is made.</summary>
internal sealed class FlowRecordReader(byte[] bytes)
{
    private int _at;

    /// <exception cref="FlowChangedException">It is broken.</exception>
    public FlowRecord Read()
    {
        var seed = Wide();
        var (methods, isFixed, scarce) = (Int(), Wide(), Wide());
        var idle = Ints(Int());
        var asking = Array.ConvertAll(Ints(Int()), a => a >= 0 ? (a, true) : (~a, false));
        var files = new Dictionary<string, FileShape>(StringComparer.Ordinal);
        for (var count = Int(); count > 0; count--)
        {
            files[Path()] = Shape();
        }

        var (contexts, texts) = (Int(), Int());
        var said = Texts(Part(), texts);
        var (steps, units, written) = (Part(), Part(), Part());
        return steps.Length % FlowTables.StepSize != 0 || units.Length % 12 != 0 ? throw new FlowChangedException("broken") : new FlowRecord
        {
            Seed = seed,
            Facts = new FlowFacts(methods, isFixed, scarce, idle, asking),
            Files = files,
            Texts = said,
            Steps = steps,
            Units = units,
            Contexts = contexts,
            Written = written,
        };
    }

    private FileShape Shape()
    {
        var (rest, isOdd, count) = (Wide(), Take(1)[0] != 0, Int());
        var (starts, ends) = (Ints(count), Ints(count));
        var bodies = MemoryMarshal.Cast<byte, UInt128>(Take(checked(count * 16))).ToArray();
        for (var i = 0; i < count; i++)
        {
            if (ends[i] < starts[i] || (i > 0 && starts[i] < ends[i - 1]))
            {
                throw new FlowChangedException("broken");
            }
        }

        return new FileShape(starts, ends, bodies, rest, isOdd);
    }

    private static string[] Texts(ReadOnlyMemory<byte> from, int count)
    {
        if (count > from.Length / sizeof(int))
        {
            throw new FlowChangedException("broken");
        }

        var texts = new string[count];
        var rest = from.Span;
        for (var i = 0; i < count; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            rest = rest[sizeof(int)..];
            texts[i] = MemoryMarshal.Cast<byte, char>(rest[..checked(length * 2)]).ToString();
            rest = rest[(length * 2)..];
        }

        return texts;
    }

    private ReadOnlyMemory<byte> Part()
    {
        var length = Int();
        var start = _at;
        _ = Take(length);
        return bytes.AsMemory(start, length);
    }

    private string Path()
    {
        // As BinaryWriter writes it: the length in groups of seven bits.
        var (length, shift) = (0, 0);
        while (true)
        {
            var one = Take(1)[0];
            length |= (one & 0x7F) << shift;
            shift += 7;
            if (one < 0x80)
            {
                return Encoding.UTF8.GetString(Take(length));
            }

            if (shift > 28)
            {
                throw new FlowChangedException("broken");
            }
        }
    }

    private int[] Ints(int count) => MemoryMarshal.Cast<byte, int>(Take(checked(count * sizeof(int)))).ToArray();

    private int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    private UInt128 Wide()
    {
        var both = Take(16);
        return new UInt128(BinaryPrimitives.ReadUInt64LittleEndian(both[8..]), BinaryPrimitives.ReadUInt64LittleEndian(both));
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - _at)
        {
            throw new FlowChangedException("broken");
        }

        _at += count;
        return bytes.AsSpan(_at - count, count);
    }
}
