using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A file as the bodies of its methods and all else. Methods of classes without a name, and of constants of enums, belong to what is around them.</summary>
/// <param name="Starts">Of the bodies, in order.</param>
/// <param name="Ends">Of the bodies.</param>
/// <param name="Bodies">What each of them says.</param>
/// <param name="Rest">What stands around them.</param>
/// <param name="IsOdd">Something in it hangs on more than what a body says: nothing of it is taken over where it changes.</param>
internal sealed record FileShape(int[] Starts, int[] Ends, UInt128[] Bodies, UInt128 Rest, bool IsOdd)
{
    public static FileShape Of(string text, JavaUnit unit)
    {
        var found = new List<JavaSpan>();
        var isOdd = Collect(unit.Members, found) || !unit.Gaps.IsEmpty || (text.Contains("toString", StringComparison.Ordinal) && JavaWalk.All(unit).OfType<JavaCreation>().Any(c => !c.Body.IsDefaultOrEmpty && c.Body.OfType<JavaMethod>().Any(m => m.Name == "toString")));
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        using var rest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (at, bodies) = (0, new UInt128[found.Count]);
        for (var i = 0; i < found.Count; i++)
        {
            var (start, end) = (found[i].Start, found[i].End);
            if (start < at || end > text.Length)
            {
                return new FileShape([], [], [], Digest(text), true);
            }

            Add(rest, text.AsSpan(at, start - at));
            bodies[i] = Digest(text.AsSpan(start, end - start));
            at = end;
        }

        Add(rest, text.AsSpan(at));
        return new FileShape([.. found.Select(f => f.Start)], [.. found.Select(f => f.End)], bodies, MemoryMarshal.Read<UInt128>(rest.GetHashAndReset()), isOdd);
    }

    /// <summary>The body a place lies in; negative where it lies in none, the complement of the number of bodies before it.</summary>
    public int At(int place)
    {
        var index = Array.BinarySearch(Starts, place);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && place < Ends[index] ? index : ~(index + 1);
    }

    /// <returns>Whether something odd is among them: types in methods bear their place in their names, an aspect is looked for in all bodies, and what objects say of themselves is asked of all that are made.</returns>
    private static bool Collect(IEnumerable<JavaMember> members, List<JavaSpan> to)
    {
        var isOdd = false;
        foreach (var member in members)
        {
            if (member is JavaMethod { Body: { } body })
            {
                to.Add(body.Span);
            }
            else if (member is JavaTypeDeclaration type)
            {
                isOdd |= type.Annotations.Any(a => a.Name.EndsWith("Aspect", StringComparison.Ordinal)) || HiddenTypes.Of(type).Any();
                isOdd |= Collect(type.Members, to);
            }
        }

        return isOdd;
    }

    private static UInt128 Digest(ReadOnlySpan<char> text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text), digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }

    private static void Add(IncrementalHash to, ReadOnlySpan<char> text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(length, text.Length);
        to.AppendData(length);
        to.AppendData(MemoryMarshal.AsBytes(text));
    }
}
