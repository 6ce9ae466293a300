using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lays rules beside the links of files.</summary>
internal sealed class CallJudge
{
    private const int MostHits = 100;

    private readonly List<(SettingRule Rule, CallTest[] When, CallTest[] Also, CallTest[] Unless)> _rules;

    /// <param name="rules">All of them; those over settings are passed over.</param>
    public CallJudge(IEnumerable<SettingRule> rules) =>
        _rules = [.. rules.Where(r => r.Reads == SettingSource.Java).Select(r => (r, Tests(r.When), Tests(r.Also), Tests(r.Unless)))];

    /// <param name="path">Of the file.</param>
    /// <param name="text">Of the file.</param>
    /// <param name="links">Of the file; asked for where a rule may have to do with it.</param>
    /// <param name="lineOf">Of a character.</param>
    public IEnumerable<FoundSetting> Judge(string path, string text, Func<IReadOnlyList<CallLink>> links, Func<int, int> lineOf)
    {
        foreach (var (rule, when, also, unless) in _rules.Where(r => r.Rule.FileHas.Count == 0 || r.Rule.FileHas.Any(h => text.Contains(h, StringComparison.Ordinal))))
        {
            var all = links();
            foreach (var (link, test) in all.Select(l => (Link: l, Test: Array.Find(when, t => t.Fits(l)))).Where(l => l.Test is not null).Take(MostHits))
            {
                if (Array.TrueForAll(also, t => t.IsNear(link, all)) && !Array.Exists(unless, t => t.IsNear(link, all)))
                {
                    yield return new FoundSetting(rule, path, lineOf(test!.Start(link)));
                }
            }
        }
    }

    private static CallTest[] Tests(IReadOnlyList<SettingTest> tests) => [.. tests.Select(t => new CallTest(t))];

    private sealed class CallTest(SettingTest test)
    {
        /// <summary>Made where a call is met: most never are.</summary>
        private readonly List<(ArgumentTest Test, Lazy<Regex>? Expression)> _arguments =
            [.. test.Arguments.Select(a => (a, a.Expression is { } text ? new Lazy<Regex>(() => new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1))) : null))];

        public bool Fits(CallLink link)
        {
            var (at, tested) = (link, default(CallLink));
            for (var i = test.Path.Count - 1; i >= 0; i--, at = at.Before)
            {
                if (at is null || !test.Path[i].Names.Any(n => IsNamed(n, at.Name)))
                {
                    return false;
                }

                tested = test.Path[i].IsTested ? at : tested;
            }

            return (test.On is null || link.VariableType is null || test.On == link.VariableType) && _arguments.TrueForAll(a => Holds(a.Test, a.Expression, tested!.Arguments.Value));
        }

        /// <summary>Where what is meant begins: the first call of the path.</summary>
        public int Start(CallLink link)
        {
            var at = link;
            for (var i = test.Path.Count - 1; i > 0; i--)
            {
                at = at.Before!;
            }

            return at.At;
        }

        private static bool IsNamed(string wanted, string name) => (wanted.StartsWith('*'), wanted.EndsWith('*')) switch
        {
            (false, false) => wanted == name,
            (false, true) => name.StartsWith(wanted[..^1], StringComparison.OrdinalIgnoreCase),
            (true, false) => name.EndsWith(wanted[1..], StringComparison.OrdinalIgnoreCase),
            _ => name.Contains(wanted.Trim('*'), StringComparison.OrdinalIgnoreCase),
        };

        public bool IsNear(CallLink place, IReadOnlyList<CallLink> all) => all.Any(l => IsReached(place, l) && Fits(l));

        private bool IsReached(CallLink place, CallLink other) => test.Within switch
        {
            CallReach.Statement => place.Statement is not null && ReferenceEquals(place.Statement, other.Statement),
            CallReach.Variable => ReferenceEquals(place.Member, other.Member) && (place.Variable is not null ? place.Variable == other.Variable : ReferenceEquals(place.Statement, other.Statement)),
            CallReach.Method => ReferenceEquals(place.Member, other.Member),
            _ => true,
        };

        private static bool Holds(ArgumentTest test, Lazy<Regex>? expression, IReadOnlyList<IReadOnlyList<string>> arguments)
        {
            if (expression is null)
            {
                return test.At is { } open && open < arguments.Count && arguments[open].Count == 0;
            }

            var asked = test.At is { } at ? at < arguments.Count ? arguments[at] : [] : arguments.SelectMany(a => a);
            return asked.Any(expression.Value.IsMatch) != test.IsForbidden;
        }
    }
}
