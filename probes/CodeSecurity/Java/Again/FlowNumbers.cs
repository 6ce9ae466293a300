using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Numbers of what a tree holds: the same in two trees of which only bodies of methods differ. One thread at a time.</summary>
internal sealed class FlowNumbers
{
    private readonly JavaProgram _program;
    private readonly Dictionary<ProgramMethod, int> _methods = [];
    private readonly Dictionary<JavaDeclaredType, int> _types = [];
    private readonly Dictionary<JavaVariable, int> _variables = new(ReferenceEqualityComparer.Instance);
    private readonly List<JavaVariable> _allVariables = [];
    private readonly List<JavaDeclaredType> _allTypes;
    private readonly Dictionary<string, Dictionary<(int Start, int End, int Kind), JavaExpression>> _codes = new(StringComparer.Ordinal);

    /// <param name="program">The tree.</param>
    /// <param name="methods">With bodies, in the order in which they are gone over.</param>
    public FlowNumbers(JavaProgram program, IReadOnlyList<ProgramMethod> methods)
    {
        (_program, Methods, _allTypes) = (program, methods, [.. program.Types.All]);
        for (var i = 0; i < methods.Count; i++)
        {
            _methods[methods[i]] = i;
        }

        for (var i = 0; i < _allTypes.Count; i++)
        {
            _types[_allTypes[i]] = i;
            foreach (var variable in _allTypes[i].Syntax.Members.OfType<JavaField>().SelectMany(f => f.Variables))
            {
                _variables.TryAdd(variable, _allVariables.Count);
                _allVariables.Add(variable);
            }
        }
    }

    public IReadOnlyList<ProgramMethod> Methods { get; }

    /// <returns>Negative where it has none.</returns>
    public int Of(ProgramMethod method) => _methods.GetValueOrDefault(method, -1);

    public int Of(JavaDeclaredType type) => _types.GetValueOrDefault(type, -1);

    public int Of(JavaVariable variable) => _variables.GetValueOrDefault(variable, -1);

    public JavaDeclaredType? Type(int number) => number >= 0 && number < _allTypes.Count ? _allTypes[number] : null;

    public ProgramMethod? Method(int number) => number >= 0 && number < Methods.Count ? Methods[number] : null;

    public JavaVariable? Variable(int number) => number >= 0 && number < _allVariables.Count ? _allVariables[number] : null;

    public static int KindOf(JavaExpression code) => code switch { JavaLambda => 0, JavaMethodReference => 1, JavaCreation => 2, _ => -1 };

    /// <summary>Code that is handed around, by its place; null where there is none.</summary>
    public JavaExpression? Code(string path, int start, int end, int kind)
    {
        if (!_codes.TryGetValue(path, out var codes))
        {
            _codes[path] = codes = [];
            foreach (var code in _program.Files.Where(f => f.Path == path).SelectMany(f => JavaWalk.All(f.Unit)).OfType<JavaExpression>().Where(c => KindOf(c) >= 0))
            {
                codes[(code.Span.Start, code.Span.End, KindOf(code))] = code;
            }
        }

        return codes.GetValueOrDefault((start, end, kind));
    }

    /// <summary>Which fields keep the value of their declaration, which are given another one in their own file, of which types classes without a name are made, and whose objects say a text of themselves.</summary>
    public UInt128 Fixed()
    {
        var said = new MemoryStream();
        foreach (var type in _allTypes)
        {
            said.WriteByte((byte)(4 + (_program.Asking.IsNameless(type) ? 1 : 0) + (_program.Mute.Speaks(type) ? 8 : 0) + (_program.Mute.SaysJson(type.FullName) ? 16 : 0)));
            foreach (var variable in type.Syntax.Members.OfType<JavaField>().SelectMany(f => f.Variables))
            {
                var field = _program.Field(type, variable.Name) is { } known && ReferenceEquals(known.Variable, variable) ? known : null;
                said.WriteByte((byte)((field is not null && _program.Assignments.Never(field) ? 1 : 0) + (field is not null && _program.Assignments.IsAtHome(field) ? 2 : 0)));
            }
        }

        return Digest(said);
    }

    /// <summary>Of which classes it is not sure that they run.</summary>
    public UInt128 Scarce(ScarceTypes scarce)
    {
        var said = new MemoryStream();
        said.WriteByte(scarce.AsksProfiles ? (byte)1 : (byte)0);
        foreach (var type in _allTypes)
        {
            said.Write(BitConverter.GetBytes((uint)scarce.Of(type)));
        }

        return Digest(said);
    }

    private static UInt128 Digest(MemoryStream said) => MemoryMarshal.Read<UInt128>(SHA256.HashData(said.GetBuffer().AsSpan(0, (int)said.Length)));
}
