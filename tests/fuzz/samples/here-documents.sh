cd src && cat > a.py <<'EOF'
key = "TOKEN"
EOF
tee -a b.env <<-"END" >/dev/null; python3 - <<A <<B
	KEY=TOKEN
	END
print("$(date)")
A
${b:-`c`}
B
echo 'x' # <<C
