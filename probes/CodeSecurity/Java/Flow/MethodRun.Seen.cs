using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Checks that are known by their names alone.</summary>
internal sealed partial class MethodRun
{
    private readonly Dictionary<(int Weakness, JavaNode Around), Look> _seenTo = new(new SamePlace());

    private readonly Dictionary<(int Weakness, JavaNode Around), bool> _stated = new(new SamePlace());

    /// <summary>Stands in steps of which a check may have been made before the method was called.</summary>
    public const string SeenBeside = "同一个类里有这方面的检查，没有看清管不管到这里";

    private StepWords Beside(int weakness, StepWords what) => _apis.CheckOf(weakness) is { } names && (IsStatedIn(weakness, _method.Owner.Syntax, names) || Looks(weakness, names, wholeType: false) == Look.Spoilt)
        ? what with { Text = $"{what.Text}（{SeenBeside}）", Doubt = what.Doubt | StepDoubt.UnknownLibrary } : what;

    /// <summary>Something is called whose name says that it looks after this: in what is gone through, or where that was called.</summary>
    private bool IsSeenTo(int weakness, bool wholeType) => _apis.CheckOf(weakness) is { } names && Looks(weakness, names, wholeType) == Look.Meant;

    private Look Looks(int weakness, BoundedExpression names, bool wholeType)
    {
        var (own, other) = (LookIn(wholeType ? _method.Owner.Syntax : _method.Syntax), LookIn(wholeType ? _type.Syntax : _uses.Code));
        return own > other ? own : other;

        Look LookIn(JavaNode around)
        {
            if (wholeType)
            {
                _book.LookInto(_method.Owner.Path);
                _book.LookInto(_path);
            }

            if (!_seenTo.TryGetValue((weakness, around), out var known))
            {
                var calls = JavaWalk.All(around).OfType<JavaCall>().Where(c => names.IsMatch(c.Name) && (!IsOfLists(weakness) || (!Presence().IsMatch(c.Name) && !Measuring().IsMatch(c.Name) && (IsOwn(c) || c.Arguments.SelectMany(Written).Any())))).ToList();
                _seenTo[(weakness, around)] = known = calls.Count == 0 ? Look.None : calls.TrueForAll(c => IsSpoilt(weakness, c)) ? Look.Spoilt : Look.Meant;
            }

            return known;
        }
    }

    /// <summary>What is let through decides, and of that the name of a call says little.</summary>
    private bool IsOfLists(int weakness) => (_apis.Spoiling.Spared >> weakness & 1) != 0;

    /// <summary>Names of what is asked of how much there is.</summary>
    [GeneratedRegex("(?:Size|Length|Count|Limit)$", RegexOptions.NonBacktracking)]
    private static partial Regex Measuring();

    /// <summary>Among what it is told to let through is what makes it worth nothing.</summary>
    private bool IsSpoilt(int weakness, JavaCall call) => IsOfLists(weakness) && call.Arguments.SelectMany(Written).Any(t => (_apis.Spoiling.By(t) >> weakness & 1) != 0);

    /// <summary>What names of calls say.</summary>
    private enum Look
    {
        None,

        /// <summary>Something is looked after, but what is let through is dangerous, or is just what is turned away.</summary>
        Spoilt,

        Meant,
    }

    /// <summary>It may be nobody knows what; of a method of a library in the tables it is known, whatever its name promises.</summary>
    private bool IsOwn(JavaCall call) => !_apis.IsNamed(call.Name)
        || (call.Target is null ? Nearest(_type, call.Name, [.. call.Arguments.Select(_ => FlowValue.Unknown)]).Count > 0 : !IsValue(call.Target) && _program.Find(TypeNamed(call.Target)) is not null);

    /// <summary>Called by itself it can only throw.</summary>
    private bool IsStatedIn(int weakness, JavaTypeDeclaration type, BoundedExpression names)
    {
        _book.LookInto(_method.Owner.Path);
        if (!_stated.TryGetValue((weakness, type), out var known))
        {
            _stated[(weakness, type)] = known = JavaWalk.All(type).OfType<JavaExpressionStatement>().Any(s => s.Expression is JavaCall { Arguments.Length: > 0 } call && names.IsMatch(call.Name));
        }

        return known;
    }

    private sealed class SamePlace : IEqualityComparer<(int Weakness, JavaNode Around)>
    {
        public bool Equals((int Weakness, JavaNode Around) x, (int Weakness, JavaNode Around) y) => x.Weakness == y.Weakness && ReferenceEquals(x.Around, y.Around);

        public int GetHashCode((int Weakness, JavaNode Around) place) => HashCode.Combine(place.Weakness, RuntimeHelpers.GetHashCode(place.Around));
    }
}
