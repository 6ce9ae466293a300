namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>A file of each language with everything that is hard to tell apart in it.</summary>
internal static class Samples
{
    public static string Of(SourceLanguage language) => language switch
    {
        SourceLanguage.Java => "package a;\n// c \\u000a\nclass A { String s = \"x\\\"\" + 'c'; String t = \"\"\"\n  q \\\"\"\"\n  \"\"\"; /* b */ int i = 0xFF_L; }\n",
        SourceLanguage.Kotlin => "val a = \"x$b${c(\"d\")}\" /* n /* n */ */\nval r = \"\"\"raw ${e}\"\"\"\n",
        SourceLanguage.CSharp => "var a = $\"{b:X2}{{}}\" + @\"c\\\"\"\" + $@\"{d}\" + \"\"\"\n  raw\n  \"\"\" + $$\"\"\"{{e}}\"\"\";\n#region x'y\n",
        SourceLanguage.JavaScript or SourceLanguage.TypeScript => "const a = `b${c ? `d${e}` : \"f\"}` // g\nlet h = /[/]'/g.test(i) / 2;\n",
        SourceLanguage.Vue => "<template><a :b=\"c\" @d='e'>{{ f('g') }}</a></template>\n<script lang=\"ts\">\nexport default { data: () => ({ k: 'v' }) } // </a>\n</script>\n<style>a { b: \"c\" }</style>\n",
        SourceLanguage.Python => "x = f\"{a!r:>{b}}\" + rb'\\d' + '''t''' # c\ndef f():\n  \"\"\"doc\"\"\"\n",
        SourceLanguage.Go => "k := `raw` + \"a\\n\" // c\n/* d */\n",
        SourceLanguage.C or SourceLanguage.Cpp => "#include <a.h>\n// b \\\nc\nauto s = R\"x(y)x\" u8\"z\"; int i = 1'000; /* d */\n",
        SourceLanguage.Php => "<html><?php\n$a = \"b$c{$d->e}\"; # f ?><b c=\"<?= $g ?>\">\n<?php\n$h = <<<EOT\n i $j\nEOT;\n$k = <<<'N'\nl\nN;\n",
        SourceLanguage.Html => "<!DOCTYPE html><!-- a --><p b='c' d=e>f &amp; g</p><script>var h = '<i>';</script>{{ j }}\n",
        SourceLanguage.Jsp => "<%@ page import=\"a.*\" %><%-- b --%><c d=\"<%= e(\"f\") %>\"><script>var g = '<%= h %>';</script><% int i = 1; %>${j}\n",
        SourceLanguage.Xml => "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a d='e &lt;'><![CDATA[f <g>]]><!-- h -->i</a>\n",
        SourceLanguage.Yaml => "a: b # c\nd:\n  - \"e\\n\"\n  - 'f''g'\n  - key: |\n      block\n      more\n    other: 12\nh: {i: j, k: [true, ~]}\nl: &m !!n o\n---\n",
        SourceLanguage.Properties => "# a\nb.c = d\\\n   e\nf:g\n! h\n[i]\nj k\n",
        SourceLanguage.Json => "{\"a\": [1, -2.5e3, true, null, \"b\\u4e2d\"]}\n",
        SourceLanguage.Toml => "[a.b]\nc-d = \"e\" # f\ng = '''h'''\ni = [1, 2.5, 2024-01-01]\n",
        SourceLanguage.Shell => "#!/bin/sh\nA=b C=\"d $E ${F} $(g \"h\") `i`\" # j\ncat <<EOF\nk $L\nEOF\nm -n --o=p 'q' $'r'\n",
        SourceLanguage.Sql => "SELECT 'a''b', \"C\" FROM `d` -- e\n/* f */;\n",
        SourceLanguage.Gradle => "implementation 'a:b:1' // c\ndef d = \"e$f\" + '''g''' + (h =~ /i'/)\n",
        SourceLanguage.Dockerfile => "FROM a:b\n# c\nENV D=e F=\"g\"\nRUN h && \\\n  i\n",
        SourceLanguage.Nginx => "server { listen 443 ssl; # a\n ssl_protocols TLSv1 TLSv1.2; add_header B \"c; d\"; location ~ \\.php$ { e; } }\n",
        _ => "It's a text: \"quoted\" key=value 12 # no comment\n",
    };
}
