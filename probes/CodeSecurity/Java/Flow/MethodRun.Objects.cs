using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Objects and their parts.</summary>
internal sealed partial class MethodRun
{
    private const int DeepestInput = 3;

    /// <summary>As far as statements of mappers name parts of what they are given.</summary>
    private const int DeepestNamed = 8;

    /// <summary>Fields and elements on a way from what was given that are told apart.</summary>
    private int _farthest = DeepestInput;

    private const int MostNotedParameters = 64;
    private const int MostObjects = 1_000;
    public const char Separator = '\n';

    private readonly Dictionary<InputOrigin, int> _inputs = [];
    private readonly Dictionary<int, FlowObject> _untouched = [];
    private readonly Dictionary<MadeAt, int> _sites = [];
    private readonly DeepLook _look;
    private readonly MarkCollector _deep = new();
    private int _objects;

    /// <summary>Something the method was given, of which nothing else is known.</summary>
    private FlowValue Input(InputOrigin origin, string? type, ElementType? element = null)
    {
        if (!_inputs.TryGetValue(origin, out var number))
        {
            _inputs[origin] = number = ++_objects;
            _untouched[number] = new FlowObject(type, false, origin, [], -1) { Element = element };
        }

        return new FlowValue([new TaintMark(origin, 0, null)], null, type, [number]) { Element = element };
    }

    public FlowObject? ObjectAt(FlowState state, int number) => state.Find(number) ?? _untouched.GetValueOrDefault(number);

    private FlowObject? ObjectAt(int number) => _now?.Find(number) ?? _untouched.GetValueOrDefault(number);

    /// <param name="site">Where it is made.</param>
    /// <param name="one">The object.</param>
    /// <param name="by">What is called there and makes it; null where that is the expression itself.</param>
    /// <param name="within">Tells apart what is made there.</param>
    private FlowValue Allocate(JavaNode site, FlowObject one, ProgramMethod? by = null, int within = 0)
    {
        var made = new MadeAt(site, by, within);
        if (!_sites.TryGetValue(made, out var number))
        {
            if (_sites.Count >= MostObjects)
            {
                _book.Cut.TryAdd(_method, $"对象多于 {MostObjects} 个");
                return FlowValue.Marked(Deep(one.Parts.Values), one.Type);
            }

            _sites[made] = number = ++_objects;
        }

        _now?.Put(number, one);
        return new FlowValue(TaintMarks.None, null, one.Type, [number]);
    }

    /// <summary>A part nobody wrote: of what was given, something of it; else nothing.</summary>
    public FlowValue Missing(FlowObject one, string part)
    {
        if (part != FlowObject.Any && one.Parts.TryGetValue(FlowObject.Any, out var some) && (one.IsFull || part.StartsWith('[')))
        {
            return part.StartsWith('[') ? some : FlowValue.Join(some, Unwritten(one, part));
        }

        return Unwritten(one, part);
    }

    private FlowValue Unwritten(FlowObject one, string part)
    {
        if (one.Input is not { } input)
        {
            return FlowValue.Unknown;
        }

        var origin = new InputOrigin(input.Index, input.Path + Separator + part);
        var (type, element) = PartType(one, part);
        if (_program.IsInert(type, element))
        {
            return FlowValue.OfType(type).Holding(element);
        }

        var value = input.Path.AsSpan().Count(Separator) >= _farthest ? FlowValue.Marked([new TaintMark(input, 0, null)], type).Holding(element) : Input(origin, type, element);
        value = ValidPart(value, origin, one.Type, part);
        return LastingAt(origin) is { } lasting ? value with { Marks = TaintMarks.Union(value.Marks, Left(lasting)), Code = _book.Lasting.CodeIn(lasting.Key) } : value;
    }

    private (string? Type, ElementType? Element) PartType(FlowObject owner, string part)
    {
        if (part.StartsWith('['))
        {
            return owner.Type?.EndsWith("[]", StringComparison.Ordinal) == true ? (owner.Type[..^2], owner.Element) : (owner.Element?.Name, owner.Element?.Element);
        }

        return _program.Find(owner.Type) is { } type && _program.Field(type, part) is { } field
            ? (TypeOf(field, type), _program.ElementOf(field.Syntax.Type, field.Owner))
            : (null, null);
    }

    private FlowValue Read(FlowValue value, string part)
    {
        var read = ReadPart(value, part);
        return part.StartsWith('[') ? read.Of(value.Element) : read;
    }

    private FlowValue ReadPart(FlowValue value, string part)
    {
        var given = value.Marks;
        FlowValue? read = null;
        foreach (var number in value.Objects)
        {
            if (ObjectAt(number) is not { } one)
            {
                continue;
            }

            // The mark of the object itself is told by its part.
            var whole = one.Input is { } input ? Array.Find(given, m => m.Origin.Equals(input)) : null;
            given = whole is null ? given : Array.FindAll(given, m => !ReferenceEquals(m, whole));
            var here = part == FlowObject.Any ? AnyPart(one) : one.Parts.TryGetValue(part, out var known) ? known : Missing(one, part);
            here = whole is not null && IsDoubted(whole.Cleaned) ? here.WithMarks(TaintMarks.Clean(here.Marks, whole.Cleaned & (ApiIndex.Affirmed | ApiIndex.Denied))) : here;
            read = read is null ? here : FlowValue.Join(read, here);
        }

        if (part == "id")
        {
            // Numbers of stored records are the program's own.
            given = Array.FindAll(given, m => m.Origin is not ForeignOrigin { Trust: FlowTrust.Stored });
        }

        if (value.Objects.Length == 0 && _program.Lasting.Of(value.Type, part) is { } lasting)
        {
            given = TaintMarks.Union(given, Left(lasting));
        }

        if (read is null && value.Code is { } held && part.StartsWith('['))
        {
            return FlowValue.Marked(given) with { Code = held };
        }

        return read is null ? FlowValue.Marked(given) : given.Length == 0 ? read : read with { Marks = TaintMarks.Union(read.Marks, given) };
    }

    private FlowValue AnyPart(FlowObject one)
    {
        var all = one.Parts.Where(p => p.Key.StartsWith('[')).Aggregate(default(FlowValue), (a, b) => a is null ? b.Value : FlowValue.Join(a, b.Value));
        var rest = one.Input is not null && one.Count < 0 ? Missing(one, FlowObject.Any) : null;
        return all is null ? rest ?? FlowValue.Unknown : rest is null ? all : FlowValue.Join(all, rest);
    }

    /// <param name="owner">Object whose part changes.</param>
    /// <param name="part">Name or place.</param>
    /// <param name="value">What is written.</param>
    /// <param name="named">Where the owner is a variable of which no object is known, the variable takes the marks.</param>
    private void Write(FlowValue owner, string part, FlowValue value, JavaExpression? named = null)
    {
        if (_now is null)
        {
            return;
        }

        if (owner.Objects.Length == 0 && Pictured(owner, part, named) is { } pictured)
        {
            owner = pictured;
        }

        if (owner.Objects.Length == 0)
        {
            AddMarks(named, Deep(value));
            if (LastingOf(owner, part, named) is { } shared)
            {
                Share(shared.Key, Deep(value));
                Keep(shared, value);
            }

            return;
        }

        var isSure = owner.Objects.Length == 1 && part != FlowObject.Any;
        foreach (var number in owner.Objects)
        {
            if (ObjectAt(number) is { } one)
            {
                Leave(one, part, value);
                if (part == FlowObject.Any)
                {
                    one = one.Scatter();
                }

                var before = one.Parts.TryGetValue(part, out var known) ? known : null;
                _now.Put(number, one.With(part, isSure || (before is null && part == FlowObject.Any) ? value : FlowValue.Join(before ?? Missing(one, part), value)));
            }
        }
    }

    /// <summary>A local variable of a type of the tree of which no object is known gets one where a field of it is written: what else it holds has nothing to do with that.</summary>
    private FlowValue? Pictured(FlowValue owner, string part, JavaExpression? named)
    {
        if (part.StartsWith('[') || named is not JavaName { Name: not "this" } name || _scopes.Find(name.Name) is not (>= 0 and var variable)
            || owner.Code is not null || owner.Constant is not null || _program.Find(owner.Type) is not { } type || _program.Field(type, part) is not { IsStatic: false } || _program.Lasting.Of(owner.Type, part) is not null)
        {
            return null;
        }

        var made = Allocate(named, new FlowObject(owner.Type, false, null, [], -1));
        if (made.Objects.Length == 0)
        {
            return null;
        }

        var seen = owner with { Objects = made.Objects };
        _now![variable] = seen;
        return seen;
    }

    /// <summary>A variable now also carries these.</summary>
    private void AddMarks(JavaExpression? named, TaintMark[] marks)
    {
        if (marks.Length == 0 || _now is null)
        {
            return;
        }

        switch (named)
        {
            case JavaName name when _scopes.Find(name.Name) is >= 0 and var variable && name.Name != "this":
                _now[variable] = _now[variable] with { Marks = TaintMarks.Union(_now[variable].Marks, marks), Constant = null };
                break;
            case JavaIndex { Target: JavaName or JavaSelect or JavaIndex } index:
                var (array, at) = (Evaluate(index.Target), PartOf(Evaluate(index.Index).Constant));
                Write(array, at, FlowValue.Join(Read(array, at), FlowValue.Marked(marks)), index.Target);
                break;
            case JavaSelect { Target: JavaName or JavaSelect } select when IsValue(select.Target):
                AddMarks(Evaluate(select.Target), select.Name, marks);
                break;
            case JavaName name when _scopes.Find(name.Name) < 0 && _program.Field(_type, name.Name) is { IsStatic: false }:
                AddMarks(This(), name.Name, marks);
                break;
        }
    }

    private void AddMarks(FlowValue owner, string part, TaintMark[] marks)
    {
        if (owner.Objects.Length > 0)
        {
            var before = Read(owner, part);
            Write(owner, part, before with { Marks = TaintMarks.Union(before.Marks, marks), Constant = null });
        }
    }

    /// <summary>Marks of a value and of everything that hangs on it.</summary>
    private TaintMark[] Deep(FlowValue value)
    {
        if (value.Objects.Length == 0)
        {
            return value.Marks;
        }

        foreach (var one in _look.At(value))
        {
            if (one.Marks.Length > 0)
            {
                _deep.Add(one.Marks);
            }
        }

        return _deep.Take();
    }

    private TaintMark[] Deep(IEnumerable<FlowValue> values) => values.Aggregate(TaintMarks.None, (all, v) => TaintMarks.Union(all, Deep(v)));

    private void NoteAssigned(int variable, FlowValue value)
    {
        var parameter = variable - (_method.IsStatic ? 0 : 1);
        if (parameter >= 0 && parameter < Math.Min(_method.Syntax.Parameters.Length, MostNotedParameters) && !value.Objects.AsSpan().SequenceEqual(_now![variable].Objects))
        {
            _now.Assigned |= 1UL << parameter;
        }
    }

    /// <summary>What variables of parameters are cleaned of, by number of the input.</summary>
    public ulong[] CleanedInputs(FlowState state)
    {
        var cleaned = new ulong[_method.Syntax.Parameters.Length + 1];
        for (var i = 0; i < _method.Syntax.Parameters.Length; i++)
        {
            // A check of what came into the variable later says nothing of what the caller holds.
            if (_scopes.Find(_method.Syntax.Parameters[i].Name) is >= 0 and var variable && (i < MostNotedParameters && (state.Assigned >> i & 1) == 0))
            {
                var own = new InputOrigin(i + 1, string.Empty);
                cleaned[i + 1] = Array.Find(state[variable].Marks, m => m.Origin.Equals(own))?.Cleaned ?? 0;
            }
        }

        return cleaned;
    }

    /// <summary>Where an object is made; told apart by the very pieces of syntax, not by what they say.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct MadeAt(JavaNode Site, ProgramMethod? By, int Within)
    {
        public bool Equals(MadeAt other) => ReferenceEquals(Site, other.Site) && ReferenceEquals(By, other.By) && Within == other.Within;

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Site), RuntimeHelpers.GetHashCode(By), Within);
    }
}
