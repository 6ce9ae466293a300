namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Python and JavaScript, where whatever is imported or set may be a function.</summary>
internal sealed partial class CodeAliases
{
    private const int MostItems = 200;

    private static readonly Dictionary<string, string[]> Packages = new(StringComparer.Ordinal)
    {
        ["crypto-js"] = ["CryptoJS"],
        ["crypto-js/md5"] = ["CryptoJS", "MD5"],
        ["crypto-js/sha1"] = ["CryptoJS", "SHA1"],
        ["crypto-js/tripledes"] = ["CryptoJS", "TripleDES"],
        ["crypto-js/rc4"] = ["CryptoJS", "RC4"],
        ["md5"] = ["md5"],
        ["js-md5"] = ["md5"],
        ["blueimp-md5"] = ["md5"],
        ["spark-md5"] = ["SparkMD5"],
    };

    private void ReadPython(int at)
    {
        if (Is(at, "from") && Chain(at + 1, out var import) is { Length: > 0 } module && Is(import, "import"))
        {
            Items(_code.SignAt(import + 1) == '(' ? import + 2 : import + 1, module, "as");
            if (_code.SignAt(import + 1) == '*')
            {
                OpenIf(at, module, "hashlib", "Crypto", "Cryptodome", "cryptography", "pyDes", "gmssl");
            }
        }
        else if (Is(at, "import"))
        {
            var next = at + 1;
            for (var i = 0; i < MostItems && Chain(next, out var after) is { Length: > 0 } chain; i++)
            {
                if (Is(after, "as") && _code.IsWord(after + 1))
                {
                    Add(after + 1, chain);
                    after += 2;
                }

                next = _code.SignAt(after) == ',' ? after + 1 : -1;
            }
        }
        else if (Is(at, "getattr") && _code.SignAt(at + 1) == '(' && _code.IsWord(at + 2))
        {
            OpenIf(at, [.. Chain(at + 2, out _), .. At(at + 2).SelectMany(c => c)], "hashlib", "hashes", "algorithms", "modes", "DES", "DES3", "ARC2", "ARC4", "Blowfish", "AES", "MD5", "SHA1", "SHA", "Crypto", "Cryptodome", "Cipher", "Hash", "pyDes");
        }
        else if ((Is(at, "import_module") || Is(at, "__import__")) && _code.SignAt(at + 1) == '(' && _code.Kind(at + 2) == CodeTokenKind.Text)
        {
            OpenIf(at, _code.ValueOf(at + 2).Split('.'), "hashlib", "Crypto", "Cryptodome", "cryptography", "pyDes", "gmssl", "md5", "sha");
        }
        else
        {
            Set(at);
        }
    }

    private void ReadScript(int at)
    {
        if (_code.SignAt(at) == '{' && (Is(at - 1, "import") || _code.SignAt(at - 1) == ','))
        {
            Items(at + 1, [], "as");
        }
        else if (_code.SignAt(at) == '{' && (Is(at - 1, "const") || Is(at - 1, "let") || Is(at - 1, "var")))
        {
            Items(at + 1, [], ":");
        }
        else if (_code.Kind(at) == CodeTokenKind.Text && _code.Tokens[at].Length < 40)
        {
            Package(at, _code.ValueOf(at));
        }
        else
        {
            Set(at);
        }
    }

    /// <summary><c>import c from "crypto"</c>, <c>import * as c from "crypto"</c>, <c>c = require("crypto")</c>.</summary>
    private void Package(int at, string package)
    {
        var isCrypto = package is "crypto" or "node:crypto";
        if (!isCrypto && !Packages.ContainsKey(package))
        {
            return;
        }

        var name = Is(at - 1, "from") && _code.IsWord(at - 2) ? at - 2 : Is(at - 2, "require") && _code.SignAt(at - 1) == '(' && _code.IsSign(at - 3, "=") && _code.IsWord(at - 4) ? at - 4 : -1;
        if (name < 0)
        {
            return;
        }

        _modules.Add(Word(name));
        if (!isCrypto)
        {
            Add(name, Packages[package]);
        }
    }

    /// <summary><c>a, b as c</c> or <c>a, b: c</c>.</summary>
    private void Items(int from, string[] module, string between)
    {
        for (var (at, i) = (from, 0); i < MostItems && _code.IsWord(at); i++)
        {
            var isNamed = (between == ":" ? _code.SignAt(at + 1) == ':' : Is(at + 1, between)) && _code.IsWord(at + 2);
            var name = isNamed ? at + 2 : at;
            Add(name, [.. module, Word(at)]);
            at = _code.SignAt(name + 1) == ',' ? name + 2 : -1;
        }
    }

    /// <summary><c>h = hashlib.md5</c>: the function itself, not what it gives.</summary>
    private void Set(int at)
    {
        if (_code.IsSign(at, "=") && _code.IsWord(at - 1) && _code.IsWord(at + 1) && Chain(at + 1, out var after) is { Length: > 0 } chain
            && (after >= _code.Count || _code.SignAt(after) is ';' or ',' or ')' or '}' || !IsSameLine(after - 1, after)))
        {
            Add(at - 1, chain);
        }
    }
}
