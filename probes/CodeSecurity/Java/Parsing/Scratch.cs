using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lists under construction, one on top of the other in one array: an inner one is taken before the outer one goes on.</summary>
internal sealed class Scratch<T>
{
    private T[] _items = new T[32];

    /// <summary>Where the next list begins.</summary>
    public int Mark { get; private set; }

    public void Add(T item)
    {
        if (Mark == _items.Length)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[Mark++] = item;
    }

    /// <summary>What was added since the mark; it is no longer here.</summary>
    public ImmutableArray<T> Take(int mark)
    {
        if (mark == Mark)
        {
            return [];
        }

        var taken = _items.AsSpan(mark, Mark - mark);
        var list = taken.ToArray();
        taken.Clear();
        Mark = mark;
        return ImmutableCollectionsMarshal.AsImmutableArray(list);
    }
}
