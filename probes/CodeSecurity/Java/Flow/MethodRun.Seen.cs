using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Checks that are known by their names alone.</summary>
internal sealed partial class MethodRun
{
    private readonly Dictionary<(int Weakness, JavaNode Around), bool> _seenTo = new(new SamePlace());

    private readonly Dictionary<(int Weakness, JavaNode Around), bool> _stated = new(new SamePlace());

    /// <summary>Stands in steps of which a check may have been made before the method was called.</summary>
    public const string SeenBeside = "同一个类里有这方面的检查，没有看清管不管到这里";

    private StepWords Beside(int weakness, StepWords what) => _apis.CheckOf(weakness) is { } names && IsStatedIn(weakness, _method.Owner.Syntax, names)
        ? what with { Text = $"{what.Text}（{SeenBeside}）", Doubt = what.Doubt | StepDoubt.UnknownLibrary } : what;

    /// <summary>Something is called whose name says that it looks after this: in what is gone through, or where that was called.</summary>
    private bool IsSeenTo(int weakness, bool wholeType)
    {
        if (_apis.CheckOf(weakness) is not { } names)
        {
            return false;
        }

        return IsIn(wholeType ? _method.Owner.Syntax : _method.Syntax) || IsIn(wholeType ? _type.Syntax : _uses.Code);

        bool IsIn(JavaNode around)
        {
            if (wholeType)
            {
                _book.LookInto(_method.Owner.Path);
                _book.LookInto(_path);
            }

            if (!_seenTo.TryGetValue((weakness, around), out var known))
            {
                _seenTo[(weakness, around)] = known = JavaWalk.All(around).OfType<JavaCall>().Any(c => names.IsMatch(c.Name));
            }

            return known;
        }
    }

    /// <summary>Called by itself it can only throw.</summary>
    private bool IsStatedIn(int weakness, JavaTypeDeclaration type, Regex names)
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
